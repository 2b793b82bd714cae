package stillpoint.page;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import stillpoint.evidence.Table;

/// One piece of a page. A new piece must break every renderer at compile time, so no renderer has a
/// `default`.
public sealed interface Block {
    /// A heading inside the page, level 2 or deeper; the page's own title is its only level 1.
    ///
    /// @param id the anchor, unique in the page
    /// @param markdown one line of inline Markdown
    record Heading(int level, String id, String markdown) implements Block {
        public Heading {
            if (level < 2 || level > 6)
                throw new IllegalArgumentException(
                        "heading level " + level + ": a page has levels 2 to 6 below its title");
        }
    }

    /// Running text in Markdown, without headings.
    record Prose(String markdown) implements Block {}

    /// A notebook cell with all it shows, under one permanent anchor.
    ///
    /// @param id the notebook's cell id; it never changes between runs, so links to it hold
    record Cell(String id, Outcome outcome, List<Block> blocks) implements Block {
        public Cell {
            blocks = List.copyOf(blocks);
        }
    }

    /// What became of a cell.
    enum Outcome {
        /// Nothing to run.
        PROSE,
        RAN,
        /// It threw, and was not expected to.
        FAILED,
        /// The run ended before it, or there was none.
        NOT_RUN
    }

    /// Source code under the sentence that says what it does.
    ///
    /// @param language `java`, `c`, `diff` ...; empty for plain text
    /// @param summary what a reader sees while the code is folded
    record Code(String language, String summary, String source, Visibility visibility)
            implements Block {}

    /// How much of the code a reader sees without asking.
    enum Visibility {
        OPEN,
        FOLDED,
        HIDDEN
    }

    /// A value as a run displayed it: several pictures of one thing. The renderer chooses the one
    /// it can show best.
    ///
    /// @param data mime type to content; image/png is base64
    record Display(SortedMap<String, String> data) implements Block {
        public Display {
            data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
        }
    }

    /// Text that a cell printed; `name` is `stdout` or `stderr`.
    record Printed(String name, String text) implements Block {}

    /// An exception that left a cell; `traceback` may hold terminal colours.
    record Failure(String name, String value, List<String> traceback, boolean expected)
            implements Block {
        public Failure {
            traceback = List.copyOf(traceback);
        }
    }

    /// Figures read off a clock or a counter, shown small and labelled: they differ from run to
    /// run.
    record Measured(String words) implements Block {}

    /// A table of results.
    record Tabular(Table table) implements Block {}

    /// A sentence that the page itself has to say, for example that a run stopped early.
    record Notice(Tone tone, String markdown) implements Block {}

    /// How urgent a notice is.
    enum Tone {
        CALM,
        WARNING,
        ERROR
    }

    /// A list of pages with what each shows: the body of an index.
    record Contents(List<Entry> entries) implements Block {
        public Contents {
            entries = List.copyOf(entries);
        }
    }

    /// One page of a [Contents].
    ///
    /// @param href relative to the page that lists it
    /// @param sentence one sentence of plain text
    /// @param status in words, for example `14 cells ran`
    record Entry(
            String href,
            String title,
            String sentence,
            String status,
            boolean failed,
            List<Badge> badges) {
        public Entry {
            badges = List.copyOf(badges);
        }
    }

    /// A verdict as one word.
    ///
    /// @param word `safe`, `violation` or `inconclusive`
    /// @param subject what was searched; may be empty
    record Badge(String word, String subject) {}
}
