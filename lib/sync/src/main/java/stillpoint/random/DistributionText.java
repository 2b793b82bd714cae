package stillpoint.random;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a [Distribution]; how one is written stands at [Distribution#parse].
///
/// ```
/// all      = probability "*" sum "or" sum | sum
/// sum      = simple { "+" [ probability "*" ] "fixed" duration }
/// simple   = word { number } | "(" all ")"
/// ```
final class DistributionText {
    private static final int DEEPEST = 32;
    private static final String FORMS =
            "fixed 2us, exp 2us, uniform 1us 3us, pareto 2us 2.5 or lognormal 2us 0.5";
    private static final Pattern WORD =
            Pattern.compile(
                    "[()*+]|-?[0-9.]+(?:[eE][+-]?[0-9]+)?\\s*(?:(?:ns|us|µs|ms|s)(?![a-z]))?|[^\\s()*+]+");

    private final String text;
    private final List<String> words = new ArrayList<>();
    private int at;
    private int depth;

    DistributionText(String text) {
        this.text = text;
        for (Matcher word = WORD.matcher(text); word.find(); ) words.add(word.group().strip());
        words.add("");
    }

    /// The shortest decimals that are read back as this number.
    static String number(double number) {
        return Double.toString(number).replace('E', 'e').replaceFirst("\\.0(?=e|$)", "");
    }

    /// As part of a sum.
    static String first(Distribution part) {
        return part instanceof Mixture ? "(" + part + ")" : part.toString();
    }

    /// As a kind of a mixture.
    static String inner(Distribution part) {
        return part instanceof Mixture || part instanceof Extended
                ? "(" + part + ")"
                : part.toString();
    }

    Distribution read() {
        try {
            Distribution all = all();
            if (!next().isEmpty()) throw wrong("+ or its end");
            return all;
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "distribution = \"" + text + "\": " + wrong.getMessage(), wrong);
        }
    }

    private Distribution all() {
        if (!startsNumber()) return sum();
        double probability = odds();
        Distribution rare = sum();
        take("or");
        return new Mixture(probability, rare, sum());
    }

    private Distribution sum() {
        Distribution sum = simple();
        while (next().equals("+")) {
            at++;
            double probability = startsNumber() ? odds() : 1;
            take("fixed");
            sum = new Extended(sum, probability, duration());
        }
        return sum;
    }

    private Distribution simple() {
        String word = next();
        at++;
        return switch (word) {
            case "fixed" -> new Fixed(duration());
            case "exp" -> new Exponential(mean());
            case "uniform" -> new Uniform(duration(), duration());
            case "pareto" -> new HeavyTail(mean(), number());
            case "lognormal" -> new LogNormal(mean(), number());
            case "(" -> {
                if (++depth > DEEPEST)
                    throw wrong("at most " + DEEPEST + " parentheses in one another");
                Distribution inner = all();
                take(")");
                depth--;
                yield inner;
            }
            default -> {
                at--;
                throw wrong(FORMS);
            }
        };
    }

    private double odds() {
        double probability = number();
        take("*");
        return probability;
    }

    private long duration() {
        return Nanos.parse(quantity()).ns();
    }

    private double mean() {
        return Nanos.decimal(quantity()).doubleValue();
    }

    private String quantity() {
        if (next().isEmpty()) throw wrong("a duration such as 2us");
        return words.get(at++);
    }

    private double number() {
        try {
            double number = Double.parseDouble(next());
            at++;
            return number;
        } catch (NumberFormatException noNumber) {
            throw wrong("a number");
        }
    }

    private boolean startsNumber() {
        return !next().isEmpty() && "-.0123456789".indexOf(next().charAt(0)) >= 0;
    }

    private void take(String word) {
        if (!next().equals(word)) throw wrong("\"" + word + "\"");
        at++;
    }

    private String next() {
        return words.get(at);
    }

    private IllegalArgumentException wrong(String expected) {
        String found = next().isEmpty() ? "its end" : "\"" + next() + "\"";
        return new IllegalArgumentException("at " + found + ", expected " + expected);
    }
}
