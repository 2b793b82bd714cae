package stillpoint.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import stillpoint.evidence.Table;
import stillpoint.evidence.Table.Align;

/// A table of results as HTML, as Markdown and as the aligned columns of a mail.
public final class TablePicture {
    private static final int WIDEST = 79;

    private TablePicture() {}

    static Bundle of(Table table) {
        return of(table, Integer.MAX_VALUE);
    }

    /// The first rows, and how many more there are.
    static Bundle of(Table table, int most) {
        return Bundle.of(Bundle.PLAIN, text(table, most), Bundle.HTML, html(table, most));
    }

    /// Aligned ASCII columns, two blanks between them, the head underlined; the title above.
    public static String text(Table table) {
        return text(table, Integer.MAX_VALUE);
    }

    static String text(Table all, int most) {
        Table table = first(all, most);
        int[] width = new int[table.columns().size()];
        for (int c = 0; c < width.length; c++) {
            width[c] = Ascii.of(table.columns().get(c).name()).length();
            for (List<String> row : table.rows())
                width[c] = Math.max(width[c], line(row.get(c)).length());
        }
        var out = new StringBuilder();
        if (!table.title().isEmpty())
            out.append(String.join("\n", Wrap.lines(Ascii.of(table.title()), 75, "")))
                    .append("\n\n");
        String below = "";
        for (List<Integer> shown : parts(width)) {
            out.append(below);
            append(out, table, width, shown, table.columns().stream().map(Table.Column::name).toList());
            append(out, table, width, shown, rules(width));
            for (List<String> row : table.rows()) append(out, table, width, shown, row);
            below = "\n";
        }
        if (table != all) out.append("  ").append(more(all, most)).append('\n');
        return out.toString().stripTrailing();
    }

    /// The columns that stand side by side: all of them where they fit into a mail, else as many as fit,
    /// and the others below, each part led by the first column.
    private static List<List<Integer>> parts(int[] width) {
        var parts = new ArrayList<List<Integer>>();
        var part = new ArrayList<>(List.of(0));
        int used = 2 + width[0];
        for (int c = 1; c < width.length; c++) {
            if (used + 2 + width[c] > WIDEST && part.size() > 1) {
                parts.add(part);
                part = new ArrayList<>(List.of(0));
                used = 2 + width[0];
            }
            part.add(c);
            used += 2 + width[c];
        }
        parts.add(part);
        return parts;
    }

    private static Table first(Table table, int most) {
        if (table.rows().size() <= most) return table;
        return new Table(table.title(), table.columns(), table.rows().subList(0, most));
    }

    private static String more(Table table, int most) {
        int rows = table.rows().size() - most;
        return String.format(Locale.ROOT, "... %,d more %s", rows, rows == 1 ? "row" : "rows");
    }

    private static List<String> rules(int[] width) {
        return java.util.Arrays.stream(width).mapToObj("-"::repeat).toList();
    }

    private static void append(
            StringBuilder out, Table table, int[] width, List<Integer> shown, List<String> cells) {
        var line = new StringBuilder();
        for (int c : shown) {
            String cell = line(cells.get(c));
            String blanks = " ".repeat(width[c] - cell.length());
            line.append("  ")
                    .append(
                            table.columns().get(c).align() == Align.RIGHT
                                    ? blanks + cell
                                    : cell + blanks);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    private static String line(String cell) {
        return Ascii.of(cell.replaceAll("\\s*\\R\\s*", " "));
    }

    /// A `table` with a caption and scoped heads; numbers are set right.
    static String html(Table table) {
        return html(table, Integer.MAX_VALUE);
    }

    static String html(Table all, int most) {
        Table table = first(all, most);
        var out =
                new StringBuilder(
                        "<table class=\"sp-table\" style=\"border-collapse:collapse\">\n");
        if (!table.title().isEmpty())
            out.append("<caption style=\"text-align:left\">")
                    .append(Markup.escape(table.title()))
                    .append("</caption>\n");
        out.append("<thead><tr>");
        for (Table.Column column : table.columns())
            out.append("<th scope=\"col\"")
                    .append(style(column.align()))
                    .append('>')
                    .append(Markup.escape(column.name()))
                    .append("</th>");
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : table.rows()) {
            out.append("<tr>");
            for (int c = 0; c < row.size(); c++) {
                Align align = table.columns().get(c).align();
                boolean head = c == 0 && align == Align.LEFT;
                out.append(head ? "<th scope=\"row\"" : "<td")
                        .append(style(align))
                        .append('>')
                        .append(Markup.escape(row.get(c)))
                        .append(head ? "</th>" : "</td>");
            }
            out.append("</tr>\n");
        }
        if (table != all)
            out.append("<tr><td colspan=\"")
                    .append(table.columns().size())
                    .append("\">")
                    .append(more(all, most))
                    .append("</td></tr>\n");
        return out.append("</tbody>\n</table>").toString();
    }

    private static String style(Align align) {
        return switch (align) {
            case LEFT -> " style=\"text-align:left\"";
            case RIGHT -> " style=\"text-align:right\"";
        };
    }
}
