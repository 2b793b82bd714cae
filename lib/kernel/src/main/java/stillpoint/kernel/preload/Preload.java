package stillpoint.kernel.preload;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import stillpoint.kernel.Gallery;
import stillpoint.picture.Bundle;
import stillpoint.picture.Pictures;

/// What is imported into every session, and how values of the libraries are shown.
public final class Preload {
    /// Star imports: they cost a cell next to nothing, where `import module` costs 5 to 8 ms.
    private static final List<String> PACKAGES =
            List.of(
                    "java.util",
                    "java.util.stream",
                    "java.util.function",
                    "tech.tablesaw.api",
                    "org.knowm.xchart",
                    "stillpoint.evidence",
                    "stillpoint.program",
                    "stillpoint.machine",
                    "stillpoint.check",
                    "stillpoint.random",
                    "stillpoint.statistics",
                    "stillpoint.simulate",
                    "stillpoint.primitive",
                    "stillpoint.picture",
                    "stillpoint.swap",
                    "stillpoint.sweep",
                    "stillpoint.measure",
                    "stillpoint.calibrate");

    private static final List<String> STATICS =
            List.of(
                    "stillpoint.kernel.preload.Display.*",
                    "stillpoint.picture.Say.say",
                    "stillpoint.picture.Frames.frame");

    /// Where two packages offer the same name, a notebook means this one.
    private static final List<String> NAMES =
            List.of(
                    "java.util.stream.Stream",
                    "stillpoint.evidence.Table",
                    "stillpoint.evidence.Trace",
                    "stillpoint.statistics.Histogram",
                    "stillpoint.swap.Broken");

    /// The pictures of values.
    public static final Gallery GALLERY =
            new Gallery() {
                @Override
                public Optional<SortedMap<String, String>> pictures(Object value, String id) {
                    return Pictures.of(value, id).map(Bundle::data);
                }

                @Override
                public List<SortedMap<String, String>> parts(Object value, String id) {
                    return Pictures.parts(value, id).stream().map(Bundle::data).toList();
                }
            };

    private Preload() {}

    /// The import declarations, of what is on the class path.
    public static List<String> imports() {
        return Stream.of(
                        PACKAGES.stream().filter(Preload::isPresent).map(each -> each + ".*"),
                        NAMES.stream(),
                        STATICS.stream().map(each -> "static " + each))
                .flatMap(each -> each)
                .map(each -> "import " + each + ";")
                .toList();
    }

    private static boolean isPresent(String name) {
        return name.startsWith("java.")
                || Preload.class.getClassLoader().getResource(name.replace('.', '/')) != null;
    }
}
