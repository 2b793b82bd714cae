package stillpoint.cli;

import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// What may follow a command's word: operands and options. It prints the help and, by picocli, takes the words apart.
///
/// picocli is given its model as data, not as annotations: read by reflection they cost a short command twice as much.
///
/// @param command the words before, without the launcher: `check`, `kernel install`
/// @param operands how the operands are shown: `DESIGN`, `[NOTEBOOK...]`, or empty when there are none
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
    /// An option. Words that start with `--` are options wherever they stand; after a bare `--` all are operands.
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

        private OptionSpec spec() {
            OptionSpec.Builder spec = OptionSpec.builder(name);
            return value.isEmpty()
                    ? spec.type(boolean.class).build()
                    : spec.type(String.class).paramLabel(value).build();
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
        CommandSpec spec = CommandSpec.create().name(command);
        options.forEach(option -> spec.addOption(option.spec()));
        spec.addOption(OptionSpec.builder("--help", "-h").usageHelp(true).type(boolean.class).build());
        // One more than allowed: then the message is ours.
        spec.addPositional(PositionalParamSpec.builder()
                .index("0..*")
                .arity("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .build());
        ParseResult result;
        try {
            result = new CommandLine(spec).setOverwrittenOptionsAllowed(false).parseArgs(words);
        } catch (ParameterException e) {
            throw usage(e.getMessage() + help(e));
        }
        List<String> operandsGiven = result.matchedPositionals().stream()
                .flatMap(positional -> positional.originalStringValues().stream())
                .toList();
        if (operandsGiven.size() > operandLimit)
            throw usage(operandsGiven.get(operandLimit) + ": " + command + " takes "
                    + (operandLimit == 0 ? "no operands" : operands + " and no more"));
        var given = new TreeMap<String, String>();
        for (OptionSpec option : result.matchedOptions()) {
            String name = option.longestName();
            given.put(name, option.type() == boolean.class ? "" : option.originalStringValues().getLast());
        }
        return new Arguments(this, operandsGiven, given);
    }

    /// The options there are, when the word that does not fit looks like one.
    private String help(ParameterException e) {
        if (!(e instanceof CommandLine.UnmatchedArgumentException)) return "";
        List<String> names = options.stream().map(Option::name).toList();
        return "; " + command + " has " + (names.isEmpty() ? "no options" : String.join(", ", names));
    }

    /// The end of a command whose words do not fit, with the way to its help.
    CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message + "; try ./stillpoint " + command + " --help");
    }
}
