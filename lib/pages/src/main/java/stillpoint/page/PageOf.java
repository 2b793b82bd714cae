package stillpoint.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import stillpoint.evidence.Table;
import stillpoint.notebook.Cell;
import stillpoint.notebook.CellResult;
import stillpoint.notebook.Notebook;
import stillpoint.notebook.Outcome;
import stillpoint.notebook.Output;
import stillpoint.notebook.RunResult;

/// Makes pages: from a notebook with its outputs, or from blocks.
public final class PageOf {
    private final Anchors anchors = new Anchors();
    private final List<Block> blocks = new ArrayList<>();
    private Optional<String> title = Optional.empty();
    private Optional<String> statement = Optional.empty();
    private final Map<String, CellResult> results = new TreeMap<>();
    private Optional<Block.Notice> stop = Optional.empty();
    private int level = 1;

    private PageOf() {}

    /// A notebook as it stands: its outputs are shown, nothing is run. The first level-1 heading is
    /// the title, the first paragraph the statement.
    ///
    /// @param name the title when the notebook has no heading, usually its file name
    public static Page notebook(
            Notebook notebook, String name, Provenance provenance, Page.Links links) {
        return new PageOf().read(notebook, name, provenance, links);
    }

    /// A notebook as a run left it: cells that failed, timed out or were not run say so, and each
    /// cell's wall time goes to the provenance.
    public static Page run(RunResult run, String name, Provenance provenance, Page.Links links) {
        var page = new PageOf();
        run.cells().forEach(cell -> page.results.put(cell.id(), cell));
        page.stop =
                run.trouble()
                        .map(t ->
                                new Block.Notice(
                                        Block.Tone.ERROR,
                                        "The notebook could not be run: " + Escape.markdown(t)));
        var times =
                run.cells().stream()
                        .filter(cell ->
                                cell.outcome() != Outcome.NOT_RUN && !cell.elapsed().isZero())
                        .map(cell -> new Provenance.CellTime(cell.id(), cell.elapsed()))
                        .toList();
        return page.read(run.notebook(), name, provenance.with(times), links);
    }

    /// Any other page. Headings must have unique ids; [#prose] makes blocks from Markdown with
    /// headings.
    public static Page blocks(String title, List<Block> blocks, Provenance provenance) {
        Optional<String> statement =
                blocks.stream()
                        .filter(Block.Prose.class::isInstance)
                        .map(b ->
                                Markdown.firstParagraph(((Block.Prose) b).markdown())
                                        .map(PageOf::sentence))
                        .flatMap(Optional::stream)
                        .findFirst();
        return new Page(
                title, statement.orElse(""), blocks, Page.Links.NONE, Optional.of(provenance));
    }

    /// A page of one table with an introduction in Markdown.
    public static Page table(
            String title, String introduction, Table table, Provenance provenance) {
        var blocks = new ArrayList<>(prose(introduction));
        blocks.add(new Block.Tabular(table));
        return blocks(title, blocks, provenance);
    }

    /// Markdown as blocks. Use one call for a page's headings, or give each call headings of its
    /// own.
    public static List<Block> prose(String markdown) {
        var page = new PageOf();
        page.title = Optional.of("");
        return page.markdown(markdown);
    }

    private Page read(Notebook notebook, String name, Provenance provenance, Page.Links links) {
        for (Cell cell : notebook.cells()) anchors.reserve(cell.id());
        boolean run = notebook.cells().stream().anyMatch(PageOf::hasRun);
        String language =
                notebook.metadata()
                        .at("/language_info/name")
                        .asText(notebook.metadata().at("/kernelspec/language").asText("java"));
        for (Cell cell : notebook.cells()) add(cell, language);
        List<Block> all = new ArrayList<>();
        if (!run
                && notebook.cells().stream()
                        .anyMatch(c -> c instanceof Cell.Code code && !code.source().isBlank()))
            all.add(
                    new Block.Notice(
                            Block.Tone.WARNING,
                            "This notebook has not been run: the page shows its text and code only."));
        stop.ifPresent(all::add);
        all.addAll(blocks);
        return new Page(
                title.orElse(name), statement.orElse(""), all, links, Optional.of(provenance));
    }

    private static boolean hasRun(Cell cell) {
        return cell instanceof Cell.Code code
                && (code.executionCount().isPresent() || !code.outputs().isEmpty());
    }

    private void add(Cell cell, String language) {
        switch (cell) {
            case Cell.Markdown markdown -> {
                List<Block> inside = markdown(markdown.source());
                if (!inside.isEmpty())
                    blocks.add(new Block.Cell(cell.id(), Block.Outcome.PROSE, inside));
            }
            case Cell.Raw raw -> {
                if (!raw.source().isBlank())
                    blocks.add(
                            new Block.Cell(
                                    cell.id(),
                                    Block.Outcome.PROSE,
                                    List.of(new Block.Printed("stdout", raw.source()))));
            }
            case Cell.Code code -> {
                if (!code.source().isBlank() || !code.outputs().isEmpty())
                    blocks.add(code(code, language));
            }
        }
    }

    private List<Block> markdown(String source) {
        var inside = new ArrayList<Block>();
        for (Markdown.Part part : Markdown.parts(source))
            switch (part) {
                case Markdown.Part.Head head -> {
                    String words = Markdown.plain(head.markdown());
                    if (words.isEmpty()) continue;
                    if (head.level() == 1 && title.isEmpty()) {
                        title = Optional.of(words);
                        anchors.of(words);
                    } else {
                        level = Math.min(Math.max(2, head.level()), level + 1);
                        inside.add(new Block.Heading(level, anchors.of(words), head.markdown()));
                    }
                }
                case Markdown.Part.Text text -> {
                    if (statement.isEmpty())
                        statement = Markdown.firstParagraph(text.markdown()).map(PageOf::sentence);
                    inside.add(new Block.Prose(text.markdown()));
                }
            }
        return inside;
    }

    private Block.Cell code(Cell.Code code, String language) {
        var inside = new ArrayList<Block>();
        boolean mayFail = code.hasTag("raises-exception");
        boolean threw = code.outputs().stream().anyMatch(Output.Failure.class::isInstance);
        Optional<CellResult> result = Optional.ofNullable(results.get(code.id()));
        Block.Outcome outcome =
                result.map(r -> outcome(r.outcome()))
                        .orElse(
                                !hasRun(code)
                                        ? Block.Outcome.NOT_RUN
                                        : threw && !mayFail
                                                ? Block.Outcome.FAILED
                                                : Block.Outcome.RAN);
        boolean failed = outcome == Block.Outcome.FAILED;
        if (!code.source().isBlank())
            inside.add(
                    new Block.Code(
                            language,
                            Summary.of(code),
                            code.source().stripTrailing(),
                            visibility(code, failed)));
        for (Output output : code.outputs()) blocks(inside, output, mayFail);
        if (failed && !threw) {
            String words = result.map(r -> r.outcome().words()).orElse("failed");
            inside.add(
                    new Block.Failure(
                            words, result.map(CellResult::message).orElse(""), List.of(), false));
        }
        if (failed && stop.isEmpty())
            stop =
                    Optional.of(
                            new Block.Notice(
                                    Block.Tone.ERROR,
                                    "The run stopped at [cell "
                                            + code.id()
                                            + "](#"
                                            + code.id()
                                            + "): "
                                            + Escape.markdown(Summary.of(code))
                                            + ". What follows it was not run."));
        return new Block.Cell(code.id(), outcome, inside);
    }

    private static Block.Outcome outcome(Outcome outcome) {
        return switch (outcome) {
            case OK, EXPECTED_FAILURE -> Block.Outcome.RAN;
            case FAILED, UNEXPECTED_SUCCESS, TIMED_OUT, KERNEL_DIED -> Block.Outcome.FAILED;
            case NOT_RUN -> Block.Outcome.NOT_RUN;
        };
    }

    private static void blocks(List<Block> inside, Output output, boolean mayFail) {
        switch (output) {
            case Output.Stream s -> inside.add(new Block.Printed(s.name(), s.text()));
            case Output.Display d -> display(inside, d.data());
            case Output.Result r -> display(inside, r.data());
            case Output.Failure f ->
                    inside.add(new Block.Failure(f.name(), f.value(), f.traceback(), mayFail));
        }
    }

    /// What was measured stands apart from what is the same on every run.
    private static void display(List<Block> inside, SortedMap<String, JsonNode> data) {
        Optional<String> measured =
                Optional.ofNullable(data.get(Output.MEASURED)).map(Measure::words);
        var text = new TreeMap<String, String>();
        data.forEach((mime, content) -> {
            if (!mime.equals(Output.MEASURED)) text.put(mime, text(content));
        });
        boolean same =
                text.size() == 1
                        && measured.isPresent()
                        && measured.get()
                                .strip()
                                .equals(text.getOrDefault("text/plain", "").strip());
        if (!text.isEmpty() && !same) inside.add(new Block.Display(text));
        measured.filter(m -> !m.isBlank()).ifPresent(m -> inside.add(new Block.Measured(m)));
    }

    /// A notebook may hold text as one string or as a list of lines.
    private static String text(JsonNode content) {
        if (content.isTextual()) return content.asText();
        if (!content.isArray()) return content.toPrettyString();
        var text = new StringBuilder();
        content.forEach(line -> text.append(line.isTextual() ? line.asText() : line.toString()));
        return text.toString();
    }

    /// `metadata.stillpoint.code` is `open`, `folded` or `hidden`; a cell that failed is open.
    private static Block.Visibility visibility(Cell.Code code, boolean failed) {
        if (failed) return Block.Visibility.OPEN;
        return switch (setting(code.metadata(), "code").orElse("folded")) {
            case "open" -> Block.Visibility.OPEN;
            case "hidden" -> Block.Visibility.HIDDEN;
            default -> Block.Visibility.FOLDED;
        };
    }

    /// `stillpoint.NAME` of a cell's metadata, nested or flat.
    static Optional<String> setting(ObjectNode metadata, String name) {
        JsonNode nested = metadata.path("stillpoint").path(name);
        JsonNode node = nested.isTextual() ? nested : metadata.path("stillpoint." + name);
        return node.isTextual() && !node.asText().isBlank()
                ? Optional.of(node.asText().strip())
                : Optional.empty();
    }

    /// The first sentence of a paragraph, so that a list of pages stays a list.
    private static String sentence(String paragraph) {
        var end =
                java.util.regex.Pattern.compile("[.!?][\"')\\]]*(?=\\s+[\\p{Lu}\\d\"'(]|$)")
                        .matcher(paragraph);
        while (end.find())
            if (end.end() >= 30 || end.end() == paragraph.length())
                return paragraph.substring(0, end.end());
        return paragraph;
    }
}
