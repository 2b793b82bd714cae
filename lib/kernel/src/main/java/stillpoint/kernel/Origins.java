package stillpoint.kernel;

import java.security.CodeSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Where what is inspected comes from: the page of the JDK's documentation, or the jar of a
/// library.
final class Origins {
    /// The type that a signature names: the member's, or itself.
    private static final Pattern TYPE =
            Pattern.compile(
                    "(?:^|\\s)((?:[\\w$]+\\.)*[A-Z]\\w*)(?:<[^()]*>)?(?:\\.\\w+)?(?:\\(|$)");

    private Origins() {}

    /// One line; empty if it is not known.
    ///
    /// @param imports what cells see without a package, `java.util.*` or `java.util.List`
    static Optional<String> of(String signature, List<String> imports) {
        Matcher type = TYPE.matcher(signature);
        if (!type.find()) return Optional.empty();
        String name = type.group(1);
        return Stream.concat(
                        Stream.of(name, "java.lang." + name),
                        imports.stream()
                                .filter(each -> each.endsWith(".*") || each.endsWith("." + name))
                                .map(each -> each.replaceAll("\\*$", name)))
                .map(Origins::line)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> line(String name) {
        Class<?> type;
        try {
            type = Class.forName(name, false, Origins.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
        if (type.getModule().isNamed())
            return Optional.of(
                    "https://docs.oracle.com/en/java/javase/"
                            + Runtime.version().feature()
                            + "/docs/api/"
                            + type.getModule().getName()
                            + "/"
                            + name.replace('.', '/')
                            + ".html");
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null) return Optional.empty();
        String path = source.getLocation().getPath();
        return Optional.of("from " + path.substring(path.lastIndexOf('/') + 1) + ": " + name);
    }
}
