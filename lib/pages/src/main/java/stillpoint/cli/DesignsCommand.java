package stillpoint.cli;

import java.util.List;
import java.util.Locale;
import stillpoint.swap.Designs;
import stillpoint.swap.Sibling;
import stillpoint.swap.SwapDesign;

/// `designs`: lists the designs and their broken siblings, with their sources.
final class DesignsCommand implements Command {
    @Override
    public Synopsis synopsis() {
        return new Synopsis(
                "designs",
                "",
                0,
                List.of(
                        "Lists every design of the swap protocol with the message or commit it comes from,",
                        "and behind it its siblings, each broken in one way, with the failure it must show."),
                List.of(),
                List.of("0   done", "64  wrong usage"));
    }

    @Override
    public int run(Arguments arguments) {
        for (SwapDesign design : Designs.all()) {
            System.out.println(design.id() + "  " + design.title());
            System.out.println("    " + design.source());
            for (Sibling sibling : design.brokenSiblings())
                System.out.printf(
                        Locale.ROOT,
                        "    %-40s %s: %s%n",
                        design.id() + "/" + sibling.name(),
                        sibling.expected(),
                        sibling.broken());
            System.out.println();
        }
        return ExitCode.FINE;
    }
}
