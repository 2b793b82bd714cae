package stillpoint.kernel;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.LineNumber;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;

/// The class that JShell makes around a snippet, as far as its lines need it.
///
/// @param indices which snippets are in it, by JShell's numbers; several when they refer to each
///   other
/// @param line where the compiler saw its first line
/// @param types declared directly in it
/// @param field its variable, or empty
/// @param methods its methods but JShell's own
/// @param runs whether it holds code to run, not only declarations
record Wrapper(
        List<Integer> indices,
        int line,
        Set<String> types,
        String field,
        Set<String> methods,
        boolean runs) {
    private static final Pattern NAME = Pattern.compile("REPL\\.\\$JShell\\$((?:\\d+[A-Z]*_?)+)");
    private static final Pattern INDEX = Pattern.compile("\\d+");

    /// The name of the outermost class of a class of a cell; empty for any other class.
    static Optional<String> outermost(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /// Reads a wrapper from its class file.
    ///
    /// @param batch all classes that came with it
    static Wrapper of(String name, byte[] bytes, ClassBytecodes[] batch) {
        ClassModel model = ClassFile.of().parse(bytes);
        var types = new java.util.HashSet<String>();
        for (ClassBytecodes each : batch)
            if (each.name().startsWith(name + "$")
                    && each.name().indexOf('$', name.length() + 1) < 0)
                types.add(each.name().substring(name.length() + 1));
        types.removeIf(type -> Character.isDigit(type.charAt(0)));
        Set<String> methods =
                model.methods().stream()
                        .map(method -> method.methodName().stringValue())
                        .filter(method -> !method.startsWith("<") && !method.startsWith("lambda$"))
                        .collect(Collectors.toSet());
        boolean runs = methods.removeIf(method -> method.startsWith("do_it$"));
        String field =
                model.fields().stream()
                        .map(FieldModel::fieldName)
                        .map(Object::toString)
                        .filter(variable -> !variable.startsWith("$assertions"))
                        .findFirst()
                        .orElse("");
        Matcher matcher = NAME.matcher(name);
        List<Integer> indices =
                matcher.find()
                        ? INDEX.matcher(matcher.group(1))
                                .results()
                                .map(each -> Integer.valueOf(each.group()))
                                .toList()
                        : List.of();
        return new Wrapper(
                indices, firstLine(model), Set.copyOf(types), field, Set.copyOf(methods), runs);
    }

    /// The line of the class itself: its constructor, which nobody wrote, stands there.
    private static int firstLine(ClassModel model) {
        return model.methods().stream()
                .filter(method -> method.methodName().equalsString("<init>"))
                .map(MethodModel::code)
                .flatMap(Optional::stream)
                .flatMap(CodeModel::elementStream)
                .filter(LineNumber.class::isInstance)
                .mapToInt(element -> ((LineNumber) element).line())
                .findFirst()
                .orElse(1);
    }

    boolean isTemporary() {
        return field.matches("\\$\\d+");
    }
}
