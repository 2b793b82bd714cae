package stillpoint.swap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import stillpoint.program.Section;

/// The designs there are, and their broken siblings, by name.
public final class Designs {
    private Designs() {}

    /// Every design, in the order of its key in the thread. A new design is added here.
    public static List<SwapDesign> all() {
        return List.of(
                new Unprotected(),
                new RefcountV1(),
                new ClusterLockSweep(),
                new RcuInLockCluster(),
                new SrcuV2(),
                new RcuBarriersV3(),
                new RcuSchedV5a(),
                new RcuV8(),
                new StopInLockCluster(),
                new StopMachineV7(),
                new StopMachineNullMask(),
                new ActiveCallback(),
                new ActiveCallbackReset(),
                new ActiveCallbackCorrected(),
                new UpdateWhileStopped(),
                new PreemptOffRcu(),
                new PreemptOffExpedited(),
                new NeverFreed(),
                new PercpuRef(),
                new PercpuRefNoRmb(),
                new PercpuRefPerCpu(),
                new FreshObject(),
                new DeviceLock());
    }

    /// A design by its key, `D8`, or by the name of its class, `stop-machine-v7`; with readers in
    /// sections of another kind, `D8@irq`; or a broken sibling of it, `D8/no-stop-in-swapoff`. Case
    /// does not matter.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static SwapDesign named(String name) {
        String[] flavoured = name.strip().split("@", 2);
        if (flavoured.length == 2) return named(flavoured[0]).in(section(name, flavoured[1]));
        String[] parts = name.strip().replace("'", "-null").split("/", 2);
        SwapDesign design =
                all().stream()
                        .filter(d ->
                                d.id().equalsIgnoreCase(parts[0])
                                        || slug(d).equalsIgnoreCase(parts[0]))
                        .findFirst()
                        .orElseThrow(() ->
                                unknown(name, "a design is one of " + String.join(", ", names())));
        return parts.length == 1 ? design : sibling(design, parts[1]).design();
    }

    private static Section section(String name, String word) {
        return Arrays.stream(Section.values())
                .filter(s -> word(s).equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() ->
                        unknown(
                                name,
                                "a section is one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(Section.values())
                                                        .map(Designs::word)
                                                        .toList())));
    }

    private static String word(Section section) {
        return section.name().toLowerCase(Locale.ROOT);
    }

    /// A broken sibling of a design by its name.
    ///
    /// @throws IllegalArgumentException naming the ones there are
    public static Sibling sibling(SwapDesign design, String name) {
        List<Sibling> siblings = design.brokenSiblings();
        return siblings.stream()
                .filter(s -> s.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() ->
                        unknown(
                                design.id() + "/" + name,
                                siblings.isEmpty()
                                        ? design.id()
                                                + " has no broken siblings; try "
                                                + design.id()
                                        : "a broken sibling of "
                                                + design.id()
                                                + " is one of "
                                                + String.join(
                                                        ", ",
                                                        siblings.stream()
                                                                .map(Sibling::name)
                                                                .toList())));
    }

    /// How a design is asked for: `D8`, or `D8/no-stop-in-swapoff` for a broken sibling. A design
    /// that is not listed here goes by the name of its class, behind the file that it was loaded
    /// from if that is known: `Own`, `MyDesign.java#Own`. Its id may be that of the design it
    /// extends, whose runs it does not share.
    public static String nameOf(SwapDesign design) {
        for (SwapDesign listed : all()) {
            if (listed.getClass() == design.getClass())
                return listed.flavour().equals(design.flavour())
                        ? listed.id()
                        : listed.id() + design.flavour().map(s -> "@" + word(s)).orElse("");
            for (Sibling sibling : listed.brokenSiblings())
                if (Broken.classes(sibling.design()).equals(Broken.classes(design))
                        && sibling.design().flavour().equals(design.flavour()))
                    return listed.id() + "/" + sibling.name();
        }
        Class<?> type = design.getClass();
        String loader = type.getClassLoader().getName();
        if (loader == null || !loader.endsWith(".java"))
            return type.getSimpleName().isEmpty() ? design.id() : type.getSimpleName();
        String inFile = type.getName().substring(type.getPackageName().length()).replace('$', '.');
        return loader + "#" + inFile.replaceFirst("^[.]", "");
    }

    /// Whether a design only inherits its title, which then says what it was before the change.
    static boolean inheritsTitle(SwapDesign design) {
        try {
            Class<?> type = design.getClass();
            return type.getMethod("title").getDeclaringClass() != type;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a design has a title", e);
        }
    }

    /// The name of a design's class in words: `stop-machine-v7`.
    public static String slug(SwapDesign design) {
        return design.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
    }

    private static List<String> names() {
        var names = new ArrayList<String>();
        for (SwapDesign design : all()) names.add(design.id() + " (" + slug(design) + ")");
        return names;
    }

    private static IllegalArgumentException unknown(String name, String rule) {
        return new IllegalArgumentException("design " + name + ": " + rule);
    }
}
