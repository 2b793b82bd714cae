package stillpoint.cli;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stillpoint.program.RecordingException;
import stillpoint.swap.Designs;
import stillpoint.swap.SwapDesign;

/// A source file with designs of a reader's own: `MyDesign.java`, or `MyDesign.java#Mine` for one
/// of several.
///
/// @param path as it was given
/// @param lines of the source, for messages
/// @param designs those that were asked for, in the order of the file, at least one
record DesignFile(String path, List<String> lines, List<SwapDesign> designs) {
    private static final String SUFFIX = ".java";

    /// What a first design looks like; the help of `check` shows it, and a test compiles it.
    static final List<String> EXAMPLE =
            List.of(
                    "import stillpoint.program.Cpu;",
                    "import stillpoint.swap.*;",
                    "class Mine extends StopMachineV7 {                      // the readers of V7, but swapoff waits for RCU",
                    "    public SwapOff.Retired retract(Cpu cpu, SwapDevice p) {",
                    "        SwapOff.clearFlag(cpu, p, SwapDevice.SWP_VALID);",
                    "        cpu.synchronizeRcu();",
                    "        return SwapOff.clearFields(cpu, p);",
                    "    }",
                    "}");

    /// Whether the operand is a file, and not the name of a design of the library.
    static boolean isMeant(String operand) {
        return fileOf(operand).toLowerCase(Locale.ROOT).endsWith(SUFFIX);
    }

    /// Compiles and loads.
    ///
    /// @throws CommandException if it cannot be read, compiled or loaded, or holds no design
    static DesignFile read(String operand) throws IOException {
        String file = fileOf(operand);
        String source = source(Path.of(file));
        String name = String.valueOf(Path.of(file).getFileName());
        Compilation compiled =
                Compilation.of(file, name.replaceAll("[^A-Za-z0-9_.-]", "_"), source);
        if (!compiled.errors().isEmpty())
            throw bad(
                    file
                            + " does not compile:\n"
                            + String.join("\n", compiled.errors())
                            + "\n  Way on: correct it and repeat; ./stillpoint check --help shows a design that compiles");
        List<Class<?>> types = types(file, compiled.loader());
        var designs = new ArrayList<SwapDesign>();
        for (Class<?> type : chosen(file, operand.substring(file.length()), types))
            designs.add(made(file, type));
        return new DesignFile(file, source.lines().toList(), designs);
    }

    /// The design that a replay string names, `MyDesign.java#Mine`.
    ///
    /// @throws IllegalArgumentException if it names another
    SwapDesign named(String name) {
        return designs.stream()
                .filter(design -> Designs.nameOf(design).equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "design "
                                        + name
                                        + ": the string does not belong to "
                                        + path
                                        + ", which holds "
                                        + String.join(
                                                ", ",
                                                designs.stream().map(Designs::nameOf).toList())
                                        + "; name the file that `check` was given"));
    }

    /// Something that runs code of the file.
    @FunctionalInterface
    interface Run<T> {
        T run() throws IOException;
    }

    /// Runs code of the file: whatever it throws is answered with the line that it points at.
    ///
    /// @throws CommandException if the design cannot be recorded, or throws
    <T> T guard(SwapDesign design, Run<T> what) throws IOException {
        try {
            return what.run();
        } catch (CommandException e) {
            throw e;
        } catch (RecordingException e) {
            throw bad(
                    Designs.nameOf(design)
                            + " cannot be recorded: "
                            + pointed(String.valueOf(e.getMessage()), e));
        } catch (StackOverflowError e) {
            throw bad(
                    Designs.nameOf(design)
                            + " cannot be recorded: "
                            + pointed("a method calls itself without end", e));
        } catch (OutOfMemoryError e) {
            throw bad(
                    Designs.nameOf(design)
                            + " needs more than the "
                            + (Runtime.getRuntime().maxMemory() >> 20)
                            + " MiB of the JVM; record less, or give it more with STILLPOINT_JAVA_OPTS=-Xmx8g");
        } catch (RuntimeException | LinkageError | AssertionError e) {
            throw bad(Designs.nameOf(design) + " threw " + pointed(e.toString(), e));
        }
    }

    /// What went wrong while a design ran, with the line of this file that it points at.
    ///
    /// @param message where it names a line of this file, that is the line
    /// @param thrown otherwise the innermost frame in this file is
    String pointed(String message, Throwable thrown) {
        String name = String.valueOf(Path.of(path).getFileName());
        Matcher named = Pattern.compile("\\b" + Pattern.quote(name) + ":(\\d+)").matcher(message);
        int line = named.find() ? Integer.parseInt(named.group(1)) : 0;
        if (line == 0)
            for (Throwable t = thrown; t != null; t = t.getCause())
                for (StackTraceElement frame : t.getStackTrace())
                    if (line == 0 && name.equals(frame.getFileName())) line = frame.getLineNumber();
        if (line < 1 || line > lines.size()) return message;
        return message + "\n" + path + ":" + line + ":\n" + Compilation.quoted(lines, line, 0);
    }

    private static String fileOf(String operand) {
        int hash = operand.lastIndexOf(SUFFIX + "#");
        return hash < 0 ? operand : operand.substring(0, hash + SUFFIX.length());
    }

    private static String source(Path file) throws IOException {
        if (!Files.exists(file))
            throw bad(file + ": no such file; name a Java source file with a design in it");
        if (!Files.isRegularFile(file))
            throw bad(file + ": not a file; name a Java source file with a design in it");
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw bad(file + ": not UTF-8, which a source file here is; save it as UTF-8");
        }
    }

    /// The designs that can be made without being told anything, those at the top of the file if
    /// there are any.
    private static List<Class<?>> types(String file, Compilation.Loader loader) {
        var found = new ArrayList<Class<?>>();
        for (String name : loader.names())
            try {
                Class<?> type = Class.forName(name, false, loader);
                if (SwapDesign.class.isAssignableFrom(type)
                        && !type.isInterface()
                        && !Modifier.isAbstract(type.getModifiers())
                        && !type.isAnonymousClass()
                        && !type.isLocalClass()) found.add(type);
            } catch (ClassNotFoundException | LinkageError e) {
                throw bad(file + ": " + name + " cannot be loaded: " + e + "; rename the class");
            }
        if (found.isEmpty())
            throw bad(
                    file
                            + ": no design in it, a class that implements SwapDesign;"
                            + " ./stillpoint check --help shows one");
        return found;
    }

    private static List<Class<?>> chosen(String file, String hash, List<Class<?>> types) {
        if (!hash.isEmpty()) {
            String name = hash.substring(1);
            List<Class<?>> named = types.stream().filter(t -> name.equals(shown(t))).toList();
            if (!named.isEmpty()) return named;
            throw bad(
                    file
                            + hash
                            + ": no such design in the file; it holds "
                            + String.join(", ", types.stream().map(DesignFile::shown).toList()));
        }
        List<Class<?>> top = types.stream().filter(t -> t.getDeclaringClass() == null).toList();
        return top.isEmpty() ? types : top;
    }

    /// `Mine`, `Outer.Mine`.
    private static String shown(Class<?> type) {
        String name = type.getName().replace('$', '.');
        String inPackage = type.getPackageName();
        return inPackage.isEmpty() ? name : name.substring(inPackage.length() + 1);
    }

    private static SwapDesign made(String file, Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor();
            constructor.setAccessible(true);
            return (SwapDesign) constructor.newInstance();
        } catch (NoSuchMethodException e) {
            throw bad(
                    file
                            + "#"
                            + shown(type)
                            + ": no constructor without parameters: a design is made as new "
                            + shown(type)
                            + "(); give it one, and make a nested class static");
        } catch (InvocationTargetException | ExceptionInInitializerError e) {
            throw bad(
                    file
                            + "#"
                            + shown(type)
                            + ": its constructor threw "
                            + e.getCause()
                            + "; a design is made before anything is recorded");
        } catch (ReflectiveOperationException e) {
            throw bad(file + "#" + shown(type) + ": cannot be made: " + e);
        }
    }

    private static CommandException bad(String message) {
        return new CommandException(ExitCode.BAD_INPUT, message);
    }
}
