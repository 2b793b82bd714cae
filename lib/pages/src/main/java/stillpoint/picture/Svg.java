package stillpoint.picture;

/// What every drawing has in common: the root with its names, the ground, and numbers with one
/// decimal.
final class Svg {
    static final String MONO =
            "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace";
    static final String SANS = "Arial,'Liberation Sans',Helvetica,'DejaVu Sans',sans-serif";

    /// The largest drawing we publish; past it a bitmap is smaller and as good.
    static final int BUDGET_BYTES = 15 * 1024;

    private Svg() {}

    /// A coordinate: at most one decimal, no needless zero, the same in every locale.
    static String num(double value) {
        long tenths = Math.round(value * 10);
        if (tenths % 10 == 0) return Long.toString(tenths / 10);
        String sign = tenths < 0 ? "-" : "";
        long whole = Math.abs(tenths) / 10;
        return sign + (whole == 0 ? "" : Long.toString(whole)) + "." + Math.abs(tenths) % 10;
    }

    /// A number with at most so many decimals.
    static String num(double value, int decimals) {
        String text = String.format(java.util.Locale.ROOT, "%." + decimals + "f", value);
        return text.replaceFirst("\\.?0+$", "");
    }

    /// A complete drawing around `body`.
    ///
    /// Legible by itself: an opaque ground, light unless the reader's system or JupyterLab's theme
    /// is dark. The style sheet sets the root's variables, so that inside a page, where the drawing
    /// is not the root, the page's own palette rules. The ground and the text also have plain
    /// colours, for viewers without variables.
    ///
    /// @param id starts every id
    /// @param style more rules, already scoped
    static String document(
            String id,
            double width,
            double height,
            String title,
            String desc,
            String style,
            String body) {
        String w = num(Math.ceil(width));
        String h = num(Math.ceil(height));
        String ground =
                """
                <g fill="%s"><rect width="%s" height="%s" fill="%s"/></g>
                <g fill="%s">
                %s</g>
                """
                        .formatted(
                                Ink.PAPER.light(), w, h, Ink.PAPER.paint(), Ink.INK.paint(), body);
        var used = Ink.in(ground);
        String dark = Ink.darkDeclarations(used);
        return """
        <svg xmlns="http://www.w3.org/2000/svg" id="%1$s-s" role="img" aria-labelledby="%1$s-t %1$s-d" \
        viewBox="0 0 %2$s %3$s" width="%2$s" height="%3$s" fill="%4$s">
        <title id="%1$s-t">%5$s</title>
        <desc id="%1$s-d">%6$s</desc>
        <style>@media screen and (prefers-color-scheme:dark){:root{%7$s}}\
        [data-jp-theme-light=false]{%7$s}[data-jp-theme-light=true]{%8$s}%9$s</style>
        %10$s</svg>\
        """
                .formatted(
                        id,
                        w,
                        h,
                        Ink.INK.light(),
                        Markup.escape(title),
                        Markup.escape(desc),
                        dark,
                        Ink.lightDeclarations(used),
                        style,
                        ground);
    }
}
