/// Pages: what a notebook becomes for a reader who does not run it.
///
/// Takes a [stillpoint.notebook.Notebook] (or tables and Markdown) with its
/// [stillpoint.page.Provenance] and gives a [stillpoint.page.Page], a tree of
/// [blocks][stillpoint.page.Block] that knows nothing of any output format; a renderer turns it
/// into text. [stillpoint.page.HtmlRenderer] makes one self-contained file: it asks the network for
/// nothing, opens from disk, and reads well in a text browser. Everything that came out of a run
/// passes [stillpoint.page.Sanitiser] first. The same page gives the same bytes, always.
///
/// Read first: [stillpoint.page.Block], [stillpoint.page.PageOf], [stillpoint.page.HtmlRenderer].
@NullMarked
package stillpoint.page;

import org.jspecify.annotations.NullMarked;
