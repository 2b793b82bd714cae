package stillpoint.picture;

import java.awt.geom.Rectangle2D;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/// An SVG as a reader of XML sees it.
record Drawing(Document document) {
    /// Reading it is the proof that it is well-formed.
    static Drawing of(String svg) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return new Drawing(factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg))));
        } catch (Exception e) {
            throw new AssertionError("not well-formed: " + e.getMessage() + "\n" + svg, e);
        }
    }

    static Drawing of(Bundle bundle) {
        return of(bundle.data().getOrDefault(Bundle.SVG, ""));
    }

    /// A drawing of what a pen did.
    static Drawing of(SvgGraphics2D g) {
        return of("<svg xmlns=\"http://www.w3.org/2000/svg\">" + g.markup() + "</svg>");
    }

    List<Element> all(String name) {
        var found = new ArrayList<Element>();
        var nodes = document.getElementsByTagNameNS("*", name);
        for (int i = 0; i < nodes.getLength(); i++) found.add((Element) nodes.item(i));
        return found;
    }

    List<String> ids() {
        return all("*").stream().map(e -> e.getAttribute("id")).filter(id -> !id.isEmpty()).toList();
    }

    List<String> words() {
        return all("text").stream().map(Node::getTextContent).toList();
    }

    List<String> values(String element, String attribute) {
        return all(element).stream().filter(e -> e.hasAttribute(attribute)).map(e -> e.getAttribute(attribute)).toList();
    }

    /// The boxes of all level texts, set in Arial.
    List<Box> boxes() {
        return all("text").stream().filter(t -> !t.hasAttribute("transform")).map(Drawing::box).toList();
    }

    record Box(String text, Rectangle2D.Double area) {
        boolean overlaps(Box other) {
            return area.intersects(other.area);
        }
    }

    private static Box box(Element text) {
        double size = Double.parseDouble(inherited(text, "font-size", "12"));
        double bold = inherited(text, "font-weight", "normal").equals("bold") ? 1.08 : 1;
        double width = Lettering.width(text.getTextContent(), size) * bold;
        double x = Double.parseDouble(text.getAttribute("x"));
        double left =
                switch (inherited(text, "text-anchor", "start")) {
                    case "middle" -> x - width / 2;
                    case "end" -> x - width;
                    default -> x;
                };
        double y = Double.parseDouble(text.getAttribute("y"));
        return new Box(text.getTextContent(), new Rectangle2D.Double(left, y - size * 0.72, width, size * 0.72));
    }

    private static String inherited(Element element, String attribute, String otherwise) {
        for (Node node = element; node instanceof Element e; node = e.getParentNode())
            if (e.hasAttribute(attribute)) return e.getAttribute(attribute);
        return otherwise;
    }
}
