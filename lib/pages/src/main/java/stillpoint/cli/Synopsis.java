package stillpoint.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// What may follow a command's word: operands and options. It prints the help and takes the words
/// apart.
///
/// Written out, and not picocli, for the start: its classes are in a format so old that a start-up
/// cache cannot keep them linked, and parsing one command took about 60 ms with it, a quarter of
/// what `check D0` may take in all.
///
/// @param command the words before, without the launcher: `check`, `kernel install`
/// @param operands how the operands are shown: `DESIGN`, `[NOTEBOOK...]`, or empty when there are
///   none
/// @param operandLimit how many operands are taken at most
/// @param about what the command does, one printed line each
/// @param options in the order of print; `--help` need not be among them
/// @param exitCodes one printed line each: `1 a violation was found`
public record Synopsis(
        String command,
        String operands,
        int operandLimit,
        List<String> about,
        List<Option> options,
        List<String> exitCodes) {
    /// An option. Words that start with `--` are options wherever they stand; after a bare `--` all
    /// are operands.
    ///
    /// @param name with its dashes: `--readers`
    /// @param value what stands for its value in the help, empty for an option that takes none
    /// @param meaning one printed line
    public record Option(String name, String value, String meaning) {
        /// An option that is there or not.
        public static Option flag(String name, String meaning) {
            return new Option(name, "", meaning);
        }

        private String shown() {
            return value.isEmpty() ? name : name + " " + value;
        }
    }

    public Synopsis {
        about = List.copyOf(about);
        options = List.copyOf(options);
        exitCodes = List.copyOf(exitCodes);
    }

    /// The text of `--help`.
    public String help() {
        var text = new StringBuilder("Usage: ./stillpoint ").append(command);
        for (Option option : options) text.append(" [").append(option.shown()).append(']');
        if (!operands.isEmpty()) text.append(' ').append(operands);
        text.append('\n');
        about.forEach(line -> text.append(line).append('\n'));
        int width = options.stream().mapToInt(o -> o.shown().length()).max().orElse(0);
        for (Option option : options) {
            String shown = option.shown();
            text.append("  ").append(shown).append(" ".repeat(width + 2 - shown.length()));
            text.append(option.meaning()).append('\n');
        }
        text.append("Exit codes:\n");
        exitCodes.forEach(line -> text.append("  ").append(line).append('\n'));
        return text.toString();
    }

    /// Takes the words after the command apart.
    ///
    /// @throws CommandException naming the word that does not belong
    public Arguments parse(String... words) {
        var rest = new ArrayList<String>();
        var given = new TreeMap<String, String>();
        boolean onlyOperands = false;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            if (onlyOperands || !word.startsWith("-") || word.equals("-")) rest.add(word);
            else if (word.equals("--")) onlyOperands = true;
            else if (word.equals("--help") || word.equals("-h")) given.put("--help", "");
            else {
                int equals = word.indexOf('=');
                Option option = option(equals < 0 ? word : word.substring(0, equals));
                String value = equals < 0 ? "" : word.substring(equals + 1);
                if (option.value().isEmpty() && equals >= 0)
                    throw usage(word + ": " + option.name() + " takes no value");
                if (!option.value().isEmpty() && equals < 0) {
                    if (++i == words.length)
                        throw usage(option.name() + ": takes a value, " + option.shown());
                    value = words[i];
                }
                given.put(option.name(), value);
            }
        }
        if (rest.size() > operandLimit)
            throw usage(
                    rest.get(operandLimit)
                            + ": "
                            + command
                            + " takes "
                            + (operandLimit == 0 ? "no operands" : operands + " and no more"));
        return new Arguments(this, rest, given);
    }

    private Option option(String name) {
        Optional<Option> found = options.stream().filter(o -> o.name().equals(name)).findFirst();
        return found.orElseThrow(() ->
                usage(
                        name
                                + ": no such option; "
                                + command
                                + " has "
                                + String.join(", ", options.stream().map(Option::name).toList())
                                + (options.isEmpty() ? "none" : "")));
    }

    /// The end of a command whose words do not fit, with the way to its help.
    CommandException usage(String message) {
        return new CommandException(
                ExitCode.USAGE, message + "; try ./stillpoint " + command + " --help");
    }
}
