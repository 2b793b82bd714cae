package stillpoint.cli;

import java.util.ArrayList;
import stillpoint.evidence.Table;
import stillpoint.page.Block;
import stillpoint.page.Page;
import stillpoint.page.PageOf;
import stillpoint.page.Provenance;
import stillpoint.swap.StepMap;

/// The page that says which line of the model stands for which step of the kernel, and what was
/// left out and why.
final class StepsPage {
    static final String TITLE = "The steps of the model";

    private static final String INTRODUCTION =
            """
            What the kernel does, step by step and in our words, and the line of the model that takes the step. The lines are \
            looked up in the recorded programs each time this page is made, so a step that the model no longer takes cannot be \
            listed. A step that was left out says why.
            """;

    private StepsPage() {}

    static Page of(Provenance provenance) {
        var blocks = new ArrayList<Block>(PageOf.prose(INTRODUCTION));
        int part = 0;
        for (Table table : StepMap.tables()) {
            blocks.add(new Block.Heading(2, "part-" + ++part, table.title()));
            blocks.add(new Block.Tabular(new Table("", table.columns(), table.rows())));
        }
        return PageOf.blocks(TITLE, blocks, provenance);
    }
}
