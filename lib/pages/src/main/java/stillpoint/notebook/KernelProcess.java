package stillpoint.notebook;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The kernel's process: started, drained, interrupted, and in the end certainly gone.
///
/// What it prints to its own standard output is drained all the time (a full pipe would stop it);
/// the last of it explains a death.
final class KernelProcess implements AutoCloseable {
    private static final int TAIL_BYTES = 8000;

    private final Process process;
    private final Thread drain;
    private final Thread atExit;
    private final StringBuilder tail = new StringBuilder();
    private final Set<ProcessHandle> children = ConcurrentHashMap.newKeySet();

    private KernelProcess(Process process, Path connectionFile) {
        this.process = process;
        this.drain = Thread.ofVirtual().start(this::drain);
        this.atExit =
                new Thread(() -> {
                    destroyAll(true);
                    connectionFile.toFile().delete();
                });
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /// @param folder the kernel's working folder
    static KernelProcess start(KernelSpec spec, Path connectionFile, Path folder)
            throws NotebookException {
        List<String> command = spec.command(connectionFile);
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectInput(
                                Files.exists(Path.of("/dev/null"))
                                        ? ProcessBuilder.Redirect.from(new File("/dev/null"))
                                        : ProcessBuilder.Redirect.PIPE);
        builder.environment().putAll(spec.environment());
        builder.environment().put("JPY_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        // What the runner runs is no cell that a user would look for in a history.
        builder.environment().putIfAbsent("STILLPOINT_HISTORY", "off");
        try {
            return new KernelProcess(builder.start(), connectionFile);
        } catch (IOException e) {
            throw new NotebookException(
                    "kernel "
                            + spec.name()
                            + " ("
                            + spec.folder()
                            + "): "
                            + command.getFirst()
                            + " cannot be started in "
                            + folder
                            + " ("
                            + e.getMessage()
                            + "); refresh the kernelspec with: ./stillpoint kernel install",
                    e);
        }
    }

    private void drain() {
        try (InputStream in = process.getInputStream()) {
            byte[] chunk = new byte[4096];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk))
                synchronized (tail) {
                    tail.append(new String(chunk, 0, n, StandardCharsets.UTF_8));
                    if (tail.length() > 2 * TAIL_BYTES) tail.delete(0, tail.length() - TAIL_BYTES);
                }
        } catch (IOException e) {
            // The process is gone, and with it the pipe.
        }
    }

    boolean alive() {
        return process.isAlive();
    }

    /// Why and how it ended, with the last lines it printed. Only for a process that is not alive.
    String obituary() {
        try {
            drain.join(Duration.ofMillis(500));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        int code = process.exitValue();
        String why =
                switch (code) {
                    case 0 -> "exit code 0: it ended itself, as System.exit(0) does";
                    case 137 -> "exit code 137: it was killed, probably for want of memory";
                    case 143 -> "exit code 143: it was terminated";
                    case 134, 139 -> "exit code " + code + ": it crashed";
                    default -> "exit code " + code;
                };
        String last = tail();
        return why
                + (last.isEmpty()
                        ? "; it printed nothing"
                        : "; its last lines:\n" + last.indent(2).stripTrailing());
    }

    /// The last 20 lines it printed.
    String tail() {
        synchronized (tail) {
            List<String> lines = tail.toString().strip().lines().toList();
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        }
    }

    /// SIGINT, for kernels that want to be interrupted by signal.
    void signalInterrupt() throws IOException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// What its threads are doing, if it is a JVM that still answers; else empty.
    String threadDump() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(KernelProcess::threadDump)
                .filter(dump -> !dump.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static String threadDump(ProcessHandle handle) {
        Path java = Path.of(handle.info().command().orElse(""));
        Path beside = java.resolveSibling("jcmd");
        Path own = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!java.endsWith("java") && !java.endsWith("java.exe")) return "";
        Path jcmd = Files.isExecutable(beside) ? beside : own;
        try {
            Path file = Files.createTempFile("stillpoint-threads-", ".txt");
            try {
                Process run =
                        new ProcessBuilder(
                                        jcmd.toString(),
                                        Long.toString(handle.pid()),
                                        "Thread.print")
                                .redirectErrorStream(true)
                                .redirectOutput(file.toFile())
                                .start();
                if (!run.waitFor(5, TimeUnit.SECONDS))
                    run.destroyForcibly().waitFor(1, TimeUnit.SECONDS);
                String dump = Files.readString(file);
                return dump.contains("Full thread dump") ? dump : "";
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /// Waits for it to end by itself.
    boolean endsWithin(Duration limit) {
        try {
            return process.waitFor(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Remembers what it has started so far: once it has ended, they are nobody's children.
    void meetChildren() {
        process.descendants().forEach(children::add);
    }

    /// Ends it and all that it is known to have started: asked first, then by force.
    @Override
    public void close() {
        boolean alive = process.isAlive();
        destroyAll(false);
        if (alive && !endsWithin(Duration.ofSeconds(1))) destroyAll(true);
        children.forEach(ProcessHandle::destroyForcibly);
        if (alive) endsWithin(Duration.ofSeconds(2));
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is shutting down: the hook is doing its work.
        }
    }

    private void destroyAll(boolean byForce) {
        meetChildren();
        for (ProcessHandle child : children) {
            if (byForce) child.destroyForcibly();
            else child.destroy();
        }
        if (byForce) process.destroyForcibly();
        else process.destroy();
    }
}
