package stillpoint.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import stillpoint.evidence.Plot;

/// All samples on one page, on light and on dark paper, for a look at them:
///
/// `java -cp ... stillpoint.picture.Gallery target/gallery`
final class Gallery {
    private Gallery() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "target/gallery");
        Files.createDirectories(folder);
        for (boolean dark : List.of(false, true)) {
            Path page = folder.resolve(dark ? "dark.html" : "light.html");
            Files.writeString(page, page(dark));
            System.out.println(page.toAbsolutePath());
        }
        for (var sample : samples().entrySet())
            if (sample.getValue().data().containsKey(Bundle.SVG))
                Files.writeString(
                        folder.resolve(sample.getKey() + ".svg"), sample.getValue().data().getOrDefault(Bundle.SVG, ""));
    }

    static Map<String, Bundle> samples() {
        var all = new LinkedHashMap<String, Object>();
        all.put("lines-1", Samples.lines(1, false));
        all.put("lines-3-log", Samples.lines(3, true));
        all.put("lines-8-log", Samples.lines(8, true));
        all.put("lines-8", Samples.lines(8, false));
        all.put("bars-1", Samples.bars(1));
        all.put("bars-8", Samples.bars(8));
        all.put("words", Samples.overWords());
        all.put("long", Samples.longLabels());
        all.put("foreign", Samples.foreignChart());
        all.put("pie", Samples.pie());
        all.put("small", Samples.small());
        all.put("large", Samples.large());
        all.put("wide", Samples.wide());
        all.put("deadlock", Samples.deadlock());
        all.put("safe", Samples.safe());
        all.put("violation", Samples.violation());
        all.put("inconclusive", Samples.inconclusive());
        all.put("table", Samples.table());
        all.put("tablesaw", Samples.tablesaw(4));
        var bundles = new LinkedHashMap<String, Bundle>();
        all.forEach((name, value) -> bundles.put(name, Pictures.of(value, name).orElseThrow()));
        return bundles;
    }

    private static String page(boolean dark) {
        var out = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Gallery</title><style>:root{");
        var inks = List.of(Ink.values());
        out.append(dark ? Ink.darkDeclarations(inks) : Ink.lightDeclarations(inks))
                .append("}body{background:var(--sp-paper);color:var(--sp-ink);font:15px/1.5 sans-serif;max-width:60em;margin:2em auto}</style>\n");
        samples().forEach((name, bundle) -> {
            String shown = bundle.data().getOrDefault(Bundle.HTML, bundle.data().getOrDefault(Bundle.SVG, ""));
            out.append("<h3>").append(name).append("</h3>\n").append(shown.replaceAll("<style>.*?</style>", "")).append('\n');
        });
        return out.append("</html>\n").toString();
    }
}
