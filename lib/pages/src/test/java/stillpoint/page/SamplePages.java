package stillpoint.page;

import java.nio.file.Path;

/// Writes the sample pages into a folder, for `lib/bench/page-requests.sh` and for eyes.
public final class SamplePages {
    private SamplePages() {}

    public static void main(String[] args) throws Exception {
        var site = new SiteWriter(Path.of(args[0]));
        site.write(
                "forty.html",
                HtmlRenderer.render(
                        PageOf.notebook(Sample.forty(), "forty", Sample.PROVENANCE, Sample.LINKS)));
        site.write(
                "everything.html",
                HtmlRenderer.render(
                        PageOf.notebook(
                                Sample.everything(), "everything", Sample.PROVENANCE, Sample.LINKS)));
    }
}
