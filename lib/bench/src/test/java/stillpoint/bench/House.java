package stillpoint.bench;

import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/// The rules of the house, for every package under one root: the arrows of the picture in
/// `lib/README.md`, and the few rules of style that are worth a failed build.
///
/// The root is a parameter so that each rule can be shown to fail on a house built crookedly for
/// the purpose.
///
/// @param root first part of the package names
record House(String root) {
    /// Which stage may use which. A stage that is not here has no place in the picture, and may not
    /// exist.
    private static final Map<String, Set<String>> ARROWS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("evidence", Set.of()),
                            Map.entry("program", Set.of()),
                            Map.entry("statistics", Set.of()),
                            Map.entry("random", Set.of()),
                            Map.entry("machine", Set.of("program", "evidence")),
                            Map.entry("check", Set.of("program", "machine", "evidence")),
                            Map.entry(
                                    "primitive", Set.of("program", "machine", "check", "evidence")),
                            Map.entry(
                                    "simulate",
                                    Set.of(
                                            "random",
                                            "statistics",
                                            "program",
                                            "machine",
                                            "evidence")),
                            Map.entry(
                                    "validate",
                                    Set.of(
                                            "measure",
                                            "calibrate",
                                            "simulate",
                                            "swap",
                                            "primitive",
                                            "program",
                                            "machine",
                                            "random",
                                            "statistics",
                                            "evidence")),
                            Map.entry("measure", Set.of("statistics", "evidence")),
                            Map.entry(
                                    "calibrate",
                                    Set.of("measure", "simulate", "statistics", "evidence")),
                            Map.entry(
                                    "swap",
                                    Set.of(
                                            "program",
                                            "machine",
                                            "check",
                                            "primitive",
                                            "random",
                                            "simulate",
                                            "statistics",
                                            "evidence")),
                            Map.entry(
                                    "sweep",
                                    Set.of(
                                            "swap",
                                            "machine",
                                            "simulate",
                                            "random",
                                            "statistics",
                                            "evidence")),
                            Map.entry("picture", Set.of("evidence")),
                            Map.entry("notebook", Set.of()),
                            Map.entry("page", Set.of("evidence", "picture", "notebook")),
                            Map.entry("kernel", Set.of("kernel.preload")),
                            Map.entry(
                                    "kernel.preload",
                                    Set.of(
                                            "kernel",
                                            "program",
                                            "machine",
                                            "primitive",
                                            "swap",
                                            "sweep",
                                            "check",
                                            "random",
                                            "simulate",
                                            "validate",
                                            "measure",
                                            "calibrate",
                                            "statistics",
                                            "evidence",
                                            "picture")),
                            Map.entry(
                                    "cli",
                                    Set.of(
                                            "program",
                                            "machine",
                                            "primitive",
                                            "swap",
                                            "sweep",
                                            "check",
                                            "random",
                                            "simulate",
                                            "validate",
                                            "measure",
                                            "calibrate",
                                            "statistics",
                                            "evidence",
                                            "picture",
                                            "notebook",
                                            "page")),
                            Map.entry(
                                    "bench",
                                    Set.of(
                                            "program",
                                            "machine",
                                            "primitive",
                                            "swap",
                                            "sweep",
                                            "check",
                                            "random",
                                            "simulate",
                                            "validate",
                                            "measure",
                                            "calibrate",
                                            "statistics",
                                            "evidence",
                                            "picture",
                                            "notebook",
                                            "page",
                                            "kernel",
                                            "kernel.preload"))));

    ArchRule arrowsPointOneWay() {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(root + "..")
                .should(
                        each(
                                "use only what the picture has an arrow to",
                                (type, report) -> {
                                    String from = stage(type);
                                    Set<String> allowed = ARROWS.get(from);
                                    if (allowed == null)
                                        report.of(type, from + " has no place in the picture");
                                    else
                                        for (Dependency use : type.getDirectDependenciesFromSelf())
                                            if (inside(use.getTargetClass())) {
                                                String to = stage(use.getTargetClass());
                                                if (!to.equals(from) && !allowed.contains(to))
                                                    report.of(
                                                            type,
                                                            from
                                                                    + " may not see "
                                                                    + to
                                                                    + ": "
                                                                    + use.getDescription());
                                            }
                                }));
    }

    /// Between stages: a stage and its own sub-packages are one.
    ArchRule noCycles() {
        return SlicesRuleDefinition.slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    ArchRule namesSayWhatAThingIs() {
        String empty = "(Abstract|Base)[A-Z].*|.*(Impl|Base|Manager|Helper|Util|Utils)";
        return every(
                "be named for what they are",
                type -> !type.getSimpleName().matches(empty),
                "Impl, Abstract, Base, Manager, Helper and Util name nothing");
    }

    ArchRule nullDoesNotExist() {
        return every(
                "be in a package whose package-info.java says @NullMarked",
                type ->
                        type.getPackage()
                                .tryGetPackageInfo()
                                .filter(info ->
                                        info.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                                .isPresent(),
                "its package is not @NullMarked");
    }

    /// A hot core's own records may: those are seen by one package only.
    ArchRule publicRecordsHoldNoArrays() {
        return every(
                "hold no arrays if they are public records",
                type ->
                        !type.isRecord()
                                || !type.getModifiers().contains(JavaModifier.PUBLIC)
                                || type.getFields().stream()
                                        .filter(f ->
                                                !f.getModifiers().contains(JavaModifier.STATIC))
                                        .noneMatch(f -> f.getRawType().isArray()),
                "an array in a record can be changed from outside");
    }

    ArchRule nothingPublicIsMutable() {
        return every(
                "have no public field that is not final",
                type ->
                        type.getFields().stream()
                                .noneMatch(f ->
                                        f.getModifiers().contains(JavaModifier.PUBLIC)
                                                && !f.getModifiers().contains(JavaModifier.FINAL)),
                "a public field can be changed from outside");
    }

    ArchRule anInterfaceHasTwoImplementations() {
        return every(
                "be sealed, be made by lambdas, or have two implementations, if they are interfaces",
                type ->
                        !type.isInterface()
                                || type.isAnnotation()
                                || type.getSimpleName().equals("package-info")
                                || type.reflect().isSealed()
                                || abstractMethods(type) == 1
                                || type.getAllSubclasses().size() >= 2,
                "an interface with one implementation is that implementation");
    }

    private static long abstractMethods(JavaClass type) {
        return type.getAllMethods().stream()
                .filter(method -> method.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(method -> method.getName())
                .collect(toSet())
                .size();
    }

    private ArchRule every(String should, Predicate<JavaClass> holds, String otherwise) {
        return ArchRuleDefinition.classes()
                .that()
                .resideInAPackage(root + "..")
                .should(
                        each(
                                should,
                                (type, report) -> {
                                    if (!holds.test(type)) report.of(type, otherwise);
                                }));
    }

    private boolean inside(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    /// First part of the package below the root; the kernel's preload is a stage of its own.
    private String stage(JavaClass type) {
        if (!inside(type)) return "a class outside every stage";
        String path = type.getPackageName().substring(root.length() + 1);
        if (path.equals("kernel.preload")) return path;
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private interface Check {
        void look(JavaClass type, Report report);
    }

    private interface Report {
        void of(JavaClass type, String what);
    }

    private static ArchCondition<JavaClass> each(String should, Check check) {
        return new ArchCondition<>(should) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.look(
                        type,
                        (where, what) ->
                                events.add(
                                        SimpleConditionEvent.violated(
                                                where, where.getName() + ": " + what)));
            }
        };
    }
}
