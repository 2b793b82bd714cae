package stillpoint.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The words that followed a command, taken apart by its [Synopsis].
///
/// @param synopsis what they were checked against
/// @param operands the words that are not options, in their order
/// @param options the options given, by name with dashes; the value is empty for one that takes
///   none
public record Arguments(Synopsis synopsis, List<String> operands, Map<String, String> options) {
    public Arguments {
        operands = List.copyOf(operands);
        options = Map.copyOf(options);
    }

    /// Whether an option was given.
    public boolean has(String option) {
        return options.containsKey(option);
    }

    /// The value of an option that was given.
    public Optional<String> value(String option) {
        return Optional.ofNullable(options.get(option));
    }

    /// The value of an option as a whole number within limits, or `otherwise` when the option was
    /// not given.
    public int number(String option, int otherwise, int least, int most) {
        String value = options.get(option);
        if (value == null) return otherwise;
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) return number;
        } catch (NumberFormatException e) {
            // Not a number is as wrong as one out of range: one message.
        }
        String name = option.replaceFirst("^-+", "");
        throw synopsis.usage(
                name
                        + " = "
                        + value
                        + ": "
                        + option
                        + " takes a whole number from "
                        + least
                        + " to "
                        + most
                        + ", for instance "
                        + option
                        + " "
                        + otherwise);
    }

    /// The value of an option as one of a few words, or the first of them when the option was not
    /// given.
    public String word(String option, List<String> words) {
        String value = options.getOrDefault(option, words.getFirst());
        if (words.contains(value)) return value;
        throw synopsis.usage(value + ": " + option + " takes one of " + String.join(", ", words));
    }

    /// The only operand of a command that takes exactly one.
    public String operand() {
        if (operands.size() == 1) return operands.getFirst();
        throw synopsis.usage(
                "no " + synopsis.operands() + ": " + synopsis.command() + " needs one");
    }
}
