package stillpoint.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// `kernel install | list | uninstall`: makes the Java kernel known to a Jupyter of the user's own.
final class KernelCommand implements Command {
    private final Checkout checkout = Checkout.here();

    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "kernel",
                "install | list | uninstall",
                1,
                List.of(
                        "Makes the Java kernel known to your own Jupyter as \"stillpoint\", shown as \"Java (Stillpoint)\".",
                        "`run` and `lab` do not need it: they use a kernelspec inside this checkout.",
                        "  install    writes the kernelspec; repeat it after moving or updating the checkout",
                        "  list       shows every kernel that Jupyter would find, and which of ours are stale",
                        "  uninstall  removes what install wrote, from the same place",
                        "At most one place, for install and uninstall:"),
                List.of(
                        Synopsis.Option.flag(
                                "--user", "Jupyter's data folder of this user (the default)"),
                        Synopsis.Option.flag(
                                "--sys-prefix", "the Python or conda environment of `python3`"),
                        new Synopsis.Option("--prefix", "DIR", "DIR/share/jupyter")),
                List.of(
                        "0   done, also when there was nothing to uninstall",
                        "64  wrong usage",
                        "69  --sys-prefix without a python3",
                        "73  the place cannot be written"));
    }

    @Override
    public int run(Arguments arguments) throws IOException {
        return switch (arguments.operand()) {
            case "install" -> install(place(arguments));
            case "list" -> list();
            case "uninstall" -> uninstall(place(arguments));
            default ->
                    throw synopsis()
                            .usage(
                                    arguments.operand()
                                            + ": kernel takes one of install, list, uninstall");
        };
    }

    private int install(KernelFolder folder) throws IOException {
        Path place = folder.install(Kernelspec.of(checkout), checkout.kernelspecParts());
        System.out.println("installed " + Kernelspec.DISPLAY_NAME + " in " + place);
        return ExitCode.FINE;
    }

    private int list() {
        Kernelspec current = Kernelspec.of(checkout);
        for (KernelFolder folder : KernelFolder.all(checkout, System.getenv()))
            for (Path kernel : folder.kernels()) {
                String ours = Kernelspec.isOurs(kernel) ? "  current" : "";
                String state =
                        current.staleness(kernel)
                                .map(why ->
                                        "  STALE: it "
                                                + why
                                                + "; refresh: ./stillpoint kernel install")
                                .orElse(ours);
                System.out.println(kernel.getFileName() + "  " + kernel + state);
            }
        return ExitCode.FINE;
    }

    private int uninstall(KernelFolder folder) throws IOException {
        Path place = folder.path().resolve(Kernelspec.NAME);
        System.out.println(
                folder.uninstall()
                        ? "removed " + place
                        : "nothing to remove: no kernel of ours at " + place);
        return ExitCode.FINE;
    }

    private static KernelFolder place(Arguments arguments) throws IOException {
        if (arguments.options().size() > 1)
            throw arguments.synopsis().usage("two places: kernel takes one at a time");
        Optional<String> prefix = arguments.value("--prefix");
        if (prefix.isPresent()) return KernelFolder.ofPrefix(Path.of(prefix.get()));
        if (arguments.has("--sys-prefix")) return KernelFolder.ofPrefix(pythonPrefix());
        return KernelFolder.ofUser(System.getenv(), System.getProperty("os.name"));
    }

    private static Path pythonPrefix() {
        try {
            Process python =
                    new ProcessBuilder("python3", "-c", "import sys; print(sys.prefix)")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String prefix =
                    new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                            .strip();
            if (!prefix.isEmpty()) return Path.of(prefix);
        } catch (IOException e) {
            // Said below, with the way on.
        }
        throw new CommandException(
                ExitCode.MISSING,
                "--sys-prefix: no python3 to ask for its prefix; name it with --prefix DIR");
    }
}
