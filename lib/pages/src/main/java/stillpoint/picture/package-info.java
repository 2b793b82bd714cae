/// From evidence to pictures: every value that a notebook can end a cell with, as a bundle of
/// representations.
///
/// Takes the records of [stillpoint.evidence], and the tables, charts and images of the two
/// libraries that notebooks use; gives a [Bundle]: mime type to content, always with `text/plain`.
/// Nothing here reads a clock, a locale or a font of the machine: the same value has the same bytes
/// everywhere. What was measured is kept apart, under [Bundle#MEASURED].
///
/// Read first: [Pictures] (the one switch), [TraceSvg], [SvgGraphics2D].
@NullMarked
package stillpoint.picture;

import org.jspecify.annotations.NullMarked;
