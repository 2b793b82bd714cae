package stillpoint.kernel;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import stillpoint.kernel.wire.Message.Origin;

/// `System.out` or `System.err` of the kernel: each write goes at once to the cell that the writing
/// thread belongs to.
final class Streams extends OutputStream {
    private final Outbox outbox;
    private final String name;
    private final PrintStream console;
    private final CharsetDecoder decoder =
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] unfinished = {};

    private Streams(Outbox outbox, String name, PrintStream console) {
        this.outbox = outbox;
        this.name = name;
        this.console = console;
    }

    /// Puts them in place; before the first cell, text still goes to the console.
    static void install(Outbox outbox) {
        System.setOut(
                new PrintStream(
                        new Streams(outbox, "stdout", System.out), true, StandardCharsets.UTF_8));
        System.setErr(
                new PrintStream(
                        new Streams(outbox, "stderr", System.err), true, StandardCharsets.UTF_8));
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        CellRun cell = CellRun.own();
        Origin parent = cell.parent();
        if (parent == null) {
            console.write(bytes, offset, length);
            return;
        }
        String text = decode(bytes, offset, length);
        if (!text.isEmpty() && !cell.silent()) outbox.print(parent, name, text);
    }

    /// A character may come in two writes.
    private String decode(byte[] bytes, int offset, int length) {
        ByteBuffer in =
                ByteBuffer.allocate(unfinished.length + length)
                        .put(unfinished)
                        .put(bytes, offset, length)
                        .flip();
        CharBuffer out = CharBuffer.allocate(in.remaining());
        decoder.reset().decode(in, out, false);
        unfinished = new byte[in.remaining()];
        in.get(unfinished);
        return out.flip().toString();
    }
}
