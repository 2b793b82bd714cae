/// The waiting primitives, each twice: as the specification that the checker takes for granted, and
/// as an implementation written in the same language, after the kernel's own.
///
/// Takes nothing; gives pairs of a [stillpoint.machine.Model], run by the same most general
/// clients, which show what they do as events (`call`, `return`, `enter`, `exit`). That the second
/// refines the first, that it returns if every section ends, and that a planted mistake is caught,
/// is computed: [Primitives#table].
///
/// Read first: [Primitives], [Sections], [SleepableRcu].
@NullMarked
package stillpoint.primitive;

import org.jspecify.annotations.NullMarked;
