package stillpoint.page;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/// The front page of a site: what this is, and each notebook with what it found.
public final class IndexPage {
    private static final Set<String> WORDS = Set.of("safe", "violation", "inconclusive");

    private IndexPage() {}

    /// An index.
    ///
    /// @param statement one paragraph of Markdown
    /// @param entries made by [#entry]
    /// @param more other generated pages, for example the step map
    public static Page of(
            String title,
            String statement,
            List<Block.Entry> entries,
            List<Page.Link> more,
            Provenance provenance) {
        var blocks = new ArrayList<Block>();
        blocks.add(new Block.Prose(statement));
        blocks.add(new Block.Contents(entries));
        if (!more.isEmpty()) {
            blocks.add(new Block.Heading(2, "More", "More"));
            var list = new StringBuilder();
            for (Page.Link l : more)
                list.append("- [")
                        .append(Escape.markdown(l.title()))
                        .append("](<")
                        .append(l.href())
                        .append(">)\n");
            blocks.add(new Block.Prose(list.toString()));
        }
        return new Page(
                title,
                Markdown.firstParagraph(statement).orElse(""),
                blocks,
                Page.Links.NONE,
                Optional.of(provenance));
    }

    /// What an index says of a page.
    ///
    /// @param href of the page, relative to the index
    public static Block.Entry entry(String href, Page page) {
        return new Block.Entry(
                href,
                page.title(),
                page.statement(),
                Status.of(page),
                page.count(Block.Outcome.FAILED) > 0,
                badges(page));
    }

    /// The verdicts that a page shows, from the elements with `data-verdict` in what its cells
    /// displayed: each design by itself, its broken siblings together.
    ///
    /// A sibling that fails is what was expected, and ten red marks would say the opposite.
    static List<Block.Badge> badges(Page page) {
        var designs = new LinkedHashSet<Block.Badge>();
        var siblings = new LinkedHashSet<Block.Badge>();
        for (Block.Badge each : verdicts(page)) {
            if (id(each).contains("/")) siblings.add(new Block.Badge(each.word(), id(each)));
            else designs.add(new Block.Badge(each.word(), each.subject().replaceFirst(":.*", "")));
        }
        var counts = new TreeMap<String, Integer>();
        for (Block.Badge each : siblings) counts.merge(each.word(), 1, Integer::sum);
        var badges = new ArrayList<>(designs);
        counts.forEach((word, n) ->
                badges.add(new Block.Badge(word, n + (n == 1 ? " broken sibling" : " broken siblings"))));
        return List.copyOf(badges);
    }

    /// `D8/put-before-use` of `D8/put-before-use V7: preempt_disable() ...`.
    private static String id(Block.Badge badge) {
        return badge.subject().replaceFirst("\\s.*", "");
    }

    private static List<Block.Badge> verdicts(Page page) {
        var verdicts = new ArrayList<Block.Badge>();
        for (Block.Cell cell : page.cells())
            for (Block block : cell.blocks())
                if (block instanceof Block.Display d)
                    for (Element e :
                            Jsoup.parseBodyFragment(d.data().getOrDefault("text/html", ""))
                                    .select("[data-verdict]"))
                        if (WORDS.contains(e.attr("data-verdict")))
                            verdicts.add(new Block.Badge(e.attr("data-verdict"), e.attr("data-subject")));
        return verdicts;
    }
}
