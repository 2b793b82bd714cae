/// Methods of statistics against enumerations, published examples and known distributions.
@NullMarked
package stillpoint.statistics;

import org.jspecify.annotations.NullMarked;
