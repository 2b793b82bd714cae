package stillpoint.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static stillpoint.picture.Say.say;

import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Sentences whose numbers come from the run.
class SayTest {
    @Test
    void theFormatMayUseMarkdownAndThePlainTextHasNone() {
        Sentence sentence =
                say(
                        "**%,d** states, see `%s` and [the mail](https://lkml.org/x).",
                        4243456, "p->flags");
        assertThat(sentence.markdown())
                .isEqualTo(
                        "**4,243,456** states, see `p->flags` and [the mail](https://lkml.org/x).");
        assertThat(sentence.plain())
                .isEqualTo("4,243,456 states, see p->flags and the mail (https://lkml.org/x).");
    }

    @Test
    void aValueDoesNotStartMarkup() {
        assertThat(say("reads %s", "*p and <b>[x](y)</b> `c` a|b").plain())
                .isEqualTo("reads *p and <b>[x](y)</b> `c` a|b");
        assertThat(say("%s", "# 1 + 1").plain()).isEqualTo("# 1 + 1");
        assertThat(say("%s", "- a").plain()).isEqualTo("- a");
    }

    @Test
    void anUnderscoreInsideAWordStaysAlone() {
        assertThat(say("%s", "synchronize_rcu and __swap_duplicate").markdown())
                .isEqualTo("synchronize_rcu and \\_\\_swap_duplicate");
    }

    @Test
    void insideCodeNothingIsEscaped() {
        assertThat(say("`%s`", "a*b_").markdown()).isEqualTo("`a*b_`");
    }

    @Test
    void aSentenceInsideASentenceKeepsItsMarks() {
        assertThat(say("So: %s", say("**%d**", 3)).markdown()).isEqualTo("So: **3**");
    }

    @Test
    void widthsAndCutsOfTheFormatApplyToTheValue() {
        assertThat(say("%-5s|%4.2s|", "ab*", "xyz").markdown()).isEqualTo("ab\\*  |  xy|");
    }

    @Test
    void numbersAreTheSameInEveryLanguage() {
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(say("%,.2f", 1234.5).markdown()).isEqualTo("1,234.50");
        } finally {
            Locale.setDefault(locale);
        }
    }
}
