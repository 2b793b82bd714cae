package stillpoint.swap;

import java.util.List;
import stillpoint.program.Cell;
import stillpoint.program.Field;
import stillpoint.program.Kind;
import stillpoint.program.Memory;
import stillpoint.program.Mutex;
import stillpoint.program.Ptr;
import stillpoint.program.SpinLock;
import stillpoint.program.Val;

/// `swap_info[]` and `nr_swapfiles`, mm/swapfile.c: one type is there, a second is about to be, and
/// a third never is.
final class SwapTypes {
    final Memory memory = new Memory();

    /// `struct swap_info_struct`: never freed once it is in the array.
    final Kind kind = memory.kind("swap_info_struct", 2);

    /// `p->type`, set before the structure can be found.
    final Field<Val> type = memory.field(kind, "p->type", 2, 0);

    /// `swap_info[]`.
    final List<Cell<Ptr>> slots =
            List.of(
                    memory.pointer("swap_info[0]", kind),
                    memory.nullPointer("swap_info[1]", kind),
                    memory.nullPointer("swap_info[2]", kind));

    /// `nr_swapfiles`: it only grows.
    final Cell<Val> count = memory.word("nr_swapfiles", 2, 1);

    /// What a callback is handed.
    final Cell<Ptr> data = memory.nullPointer("data", kind);

    final SpinLock swapLock = memory.spinLock("swap_lock");
    final Mutex swaponMutex = memory.mutex("swapon_mutex");
}
