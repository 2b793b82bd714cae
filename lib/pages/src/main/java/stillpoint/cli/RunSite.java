package stillpoint.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import stillpoint.notebook.NotebookException;
import stillpoint.notebook.NotebookFile;
import stillpoint.notebook.RunResult;
import stillpoint.page.Block;
import stillpoint.page.HtmlRenderer;
import stillpoint.page.IndexPage;
import stillpoint.page.Page;
import stillpoint.page.PageOf;
import stillpoint.page.Provenance;
import stillpoint.page.SiteWriter;
import stillpoint.page.Surroundings;

/// What a run leaves in `site/`: a page for each notebook, the generated pages, and the index.
///
/// A page of a notebook that was not run this time stays as it is, and the index still lists it. So
/// does a generated page that is newer than the program and its data.
final class RunSite {
    private static final String INDEX = "index.html";
    private static final String TITLE = "Stillpoint";
    private static final String STATEMENT =
            "A swap device goes away while other CPUs may still be looking at it. One patch for Linux stops every CPU"
                    + " to be sure that nobody is; another waits for RCU. These notebooks take both apart: each page was"
                    + " made by running its notebook, and each verdict on it by a search that the page lets you repeat.";

    private final Path folder;
    private final List<GeneratedPage> generated;
    private final Provenance provenance;

    /// @param folder made when it is missing
    /// @param provenance of the run as a whole
    RunSite(Path folder, List<GeneratedPage> generated, Provenance provenance) {
        this.folder = folder;
        this.generated = List.copyOf(generated);
        this.provenance = provenance;
    }

    /// A page on its way into the site, or in it from an earlier run.
    ///
    /// @param fresh whether it is to be written
    private record Leaf(String file, Page page, Block.Entry entry, boolean fresh) {
        Page.Link link() {
            return new Page.Link(file, page.title());
        }
    }

    /// Refuses, before anything has run, what could not be written afterwards.
    ///
    /// @param notebooks that will be run
    void prepare(List<Path> notebooks) throws IOException {
        var owners = new TreeMap<String, String>();
        owners.put(INDEX, "the list of all pages");
        for (GeneratedPage each : generated) {
            each.check().run();
            owners.put(each.file(), "a page that Stillpoint makes itself");
        }
        for (Path notebook : notebooks) {
            String other = owners.putIfAbsent(file(notebook), "that of " + notebook);
            if (other != null)
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        notebook
                                + ": its page would be "
                                + file(notebook)
                                + ", which is "
                                + other
                                + "; rename the notebook");
        }
        new SiteWriter(folder).open();
    }

    /// Writes everything.
    ///
    /// @param results of the notebooks that ran, those that failed among them
    /// @param course all notebooks of the checkout, for the order of the index
    /// @return the files that a reader may open, the index first
    List<Path> write(List<RunResult> results, List<Path> course) throws IOException {
        var writer = new SiteWriter(folder);
        List<Leaf> leaves = leaves(results, course);
        var files = new ArrayList<Path>();
        for (int i = 0; i < leaves.size(); i++)
            if (leaves.get(i).fresh()) {
                Page page = leaves.get(i).page().with(around(leaves, i));
                files.add(writer.write(leaves.get(i).file(), HtmlRenderer.render(page)));
            }
        var more = new ArrayList<Page.Link>();
        for (GeneratedPage each : generated) {
            Path there = folder.resolve(each.file());
            files.add(each.current(there) ? there : write(writer, each));
            more.add(new Page.Link(each.file(), each.title()));
        }
        Page index =
                IndexPage.of(
                        TITLE,
                        STATEMENT,
                        leaves.stream().map(Leaf::entry).toList(),
                        more,
                        provenance);
        files.addFirst(writer.write(INDEX, HtmlRenderer.render(index)));
        return files;
    }

    private Path write(SiteWriter writer, GeneratedPage each) throws IOException {
        Page page = each.page().apply(provenance).with(Page.Links.index(INDEX, TITLE));
        return writer.write(each.file(), HtmlRenderer.render(page));
    }

    private static Page.Links around(List<Leaf> leaves, int i) {
        return new Page.Links(
                Optional.of(new Page.Link(INDEX, TITLE)),
                i == 0 ? Optional.empty() : Optional.of(leaves.get(i - 1).link()),
                i + 1 == leaves.size() ? Optional.empty() : Optional.of(leaves.get(i + 1).link()));
    }

    /// The course in its order, then what was run from elsewhere.
    private List<Leaf> leaves(List<RunResult> results, List<Path> course) throws IOException {
        var ran = new TreeMap<Path, RunResult>();
        for (RunResult each : results) ran.put(each.path().toAbsolutePath().normalize(), each);
        var leaves = new ArrayList<Leaf>();
        for (Path each : course) {
            RunResult result = ran.remove(each.toAbsolutePath().normalize());
            if (result != null) leaves.add(fresh(result));
            else if (Files.isRegularFile(folder.resolve(file(each)))) leaves.add(earlier(each));
        }
        for (RunResult each : ran.values()) leaves.add(fresh(each));
        return leaves;
    }

    private Leaf fresh(RunResult result) throws IOException {
        String stem = NotebookFolder.stem(result.path());
        Provenance own =
                provenance.of(
                        String.valueOf(result.path().getFileName()),
                        Surroundings.hash(result.path()),
                        "./stillpoint run " + stem);
        Page page = PageOf.run(result, stem, own, Page.Links.NONE);
        Block.Entry entry = IndexPage.entry(file(result.path()), page);
        return new Leaf(file(result.path()), page, result.ok() ? entry : failed(entry), true);
    }

    /// A kernel that never started fails a notebook without failing a cell of it.
    private static Block.Entry failed(Block.Entry entry) {
        return new Block.Entry(
                entry.href(),
                entry.title(),
                entry.sentence(),
                entry.status(),
                true,
                entry.badges());
    }

    private Leaf earlier(Path notebook) throws IOException {
        String stem = NotebookFolder.stem(notebook);
        Page page;
        try {
            page = PageOf.notebook(NotebookFile.read(notebook), stem, provenance, Page.Links.NONE);
        } catch (NotebookException e) {
            // It was not asked for, so its faults are not this run's.
            page = PageOf.blocks(stem, List.of(), provenance);
        }
        var entry =
                new Block.Entry(
                        file(notebook),
                        page.title(),
                        page.statement(),
                        "not run this time; its page is of an earlier run",
                        false,
                        List.of());
        return new Leaf(file(notebook), page, entry, false);
    }

    private static String file(Path notebook) {
        return NotebookFolder.stem(notebook) + ".html";
    }
}
