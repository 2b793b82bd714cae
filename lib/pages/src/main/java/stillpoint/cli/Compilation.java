package stillpoint.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// One source file, compiled in memory against the running class path. Nothing is written.
///
/// The compiler takes about a second to start: this class is loaded by those commands only that
/// were given a file.
///
/// @param errors what the compiler says, one text each, with line, source line and caret
/// @param loader loads what was compiled; of no use when there are errors
record Compilation(List<String> errors, Loader loader) {
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-nowarn", "-Xlint:none", "--release", "25", "-g");

    /// Compiles.
    ///
    /// @param file as messages name it
    /// @param name the file alone: how the loader, and so a replay string, names it
    static Compilation of(String file, String name, String source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null)
            throw new CommandException(
                    ExitCode.MISSING,
                    "this Java has no compiler (module jdk.compiler): a design in a file needs a whole JDK 25");
        var said = new DiagnosticCollector<JavaFileObject>();
        var loader = new Loader(name);
        try (var usual =
                        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8);
                var memory = new InMemory(usual, loader)) {
            var task =
                    compiler.getTask(
                            Writer.nullWriter(),
                            memory,
                            said,
                            OPTIONS,
                            null,
                            List.of(new Source(name, source)));
            task.call();
        }
        List<String> lines = source.lines().toList();
        List<String> errors =
                said.getDiagnostics().stream()
                        .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
                        .map(d -> words(file, d, lines))
                        .toList();
        return new Compilation(errors, loader);
    }

    private static String words(
            String file, Diagnostic<? extends JavaFileObject> said, List<String> lines) {
        String text = String.valueOf(said.getMessage(Locale.ROOT)).strip();
        int line = (int) said.getLineNumber();
        if (line < 1 || line > lines.size()) return file + ": " + text;
        return file + ":" + line + ": " + text + "\n" + quoted(lines, line, said.getColumnNumber());
    }

    /// A line of a source, and a caret under a column of it if there is one.
    ///
    /// @param line from 1
    /// @param column from 1, a tab counted up to its next stop of 8; less for none
    static String quoted(List<String> lines, int line, long column) {
        var expanded = new StringBuilder();
        for (char c : lines.get(line - 1).toCharArray())
            if (c == '\t') expanded.append(" ".repeat(8 - expanded.length() % 8));
            else expanded.append(c);
        String shown = "    " + expanded.toString().stripTrailing();
        return column < 1 ? shown : shown + "\n    " + " ".repeat((int) column - 1) + "^";
    }

    /// Loads the compiled classes, under the name of their file.
    static final class Loader extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

        private Loader(String name) {
            super(name, Compilation.class.getClassLoader());
        }

        /// The names of what was compiled, in the order of the compiler.
        List<String> names() {
            return List.copyOf(classes.keySet());
        }

        private OutputStream open(String name) {
            var bytes = new ByteArrayOutputStream();
            classes.put(name, bytes);
            return bytes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) throw new ClassNotFoundException(name);
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }

        /// A class of the file comes before one of the library with the same name.
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (!classes.containsKey(name)) return super.loadClass(name, resolve);
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    /// The compiler is given the text, not the file: what was read is what is compiled.
    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("memory:///" + name), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        /// A public class may bear any name, since nobody looks it up by its file.
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return true;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Loader loader;

        InMemory(StandardJavaFileManager usual, Loader loader) {
            super(usual);
            this.loader = loader;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location,
                String name,
                JavaFileObject.Kind kind,
                FileObject sibling) {
            return new SimpleJavaFileObject(
                    URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return loader.open(name);
                }
            };
        }
    }
}
