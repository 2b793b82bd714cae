package stillpoint.picture;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A TrueType file of boxes, written from the OpenType specification: the nine tables that a font
/// engine asks for, and nothing in them that it does not.
final class FontFile {
    private final String family;
    private final int em;
    private final int height;
    private final ByteArrayOutputStream outlines = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>(List.of(0));
    private final List<Integer> advances = new ArrayList<>();
    private final List<int[]> ranges = new ArrayList<>();

    FontFile(String family, int em, int height) {
        this.family = family;
        this.em = em;
        this.height = height;
    }

    int glyphs() {
        return advances.size();
    }

    /// The glyphs that follow are those of the characters from `from` to before `to`.
    void range(int from, int to) {
        ranges.add(new int[] {from, to - 1, glyphs()});
    }

    /// A box as wide as its letter.
    ///
    /// @param bottom the points of its lower edge, each `{x, 1 when the outline passes through it}`
    void glyph(int advance, int[][] bottom) {
        int points = bottom.length + 2;
        ByteBuffer out = ByteBuffer.allocate(14 + points * 5 + 3);
        shorts(out, 1, 0, 0, advance, height, points - 1, 0);
        for (int[] point : bottom) out.put((byte) point[1]);
        out.put((byte) 1).put((byte) 1);
        int x = 0;
        for (int[] point : bottom) {
            shorts(out, point[0] - x);
            x = point[0];
        }
        shorts(out, 0, -x);
        for (int i = 0; i < bottom.length; i++) shorts(out, 0);
        shorts(out, height, 0);
        int length = (out.position() + 3) / 4 * 4;
        outlines.write(out.array(), 0, length);
        offsets.add(outlines.size());
        advances.add(advance);
    }

    byte[] bytes() {
        var tables = new TreeMap<String, byte[]>();
        tables.put("OS/2", os2());
        tables.put("cmap", cmap());
        tables.put("glyf", outlines.toByteArray());
        tables.put("head", head());
        tables.put("hhea", hhea());
        tables.put("hmtx", hmtx());
        tables.put("loca", loca());
        tables.put("maxp", maxp());
        tables.put("name", name());
        tables.put("post", shorts(0x0003, 0, 0, 0, -100, 50, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        return assembled(tables);
    }

    private static byte[] assembled(Map<String, byte[]> tables) {
        int count = tables.size();
        int power = Integer.highestOneBit(count);
        int offset = 12 + 16 * count;
        int size = offset + tables.values().stream().mapToInt(t -> (t.length + 3) / 4 * 4).sum();
        ByteBuffer out = ByteBuffer.allocate(size);
        shorts(out, 1, 0, count, power * 16, Integer.numberOfTrailingZeros(power), (count - power) * 16);
        for (var table : tables.entrySet()) {
            out.put(table.getKey().getBytes(StandardCharsets.US_ASCII));
            out.putInt(sum(table.getValue())).putInt(offset).putInt(table.getValue().length);
            offset += (table.getValue().length + 3) / 4 * 4;
        }
        for (byte[] table : tables.values()) out.put(table).position((out.position() + 3) / 4 * 4);
        return out.array();
    }

    private static int sum(byte[] table) {
        ByteBuffer padded = ByteBuffer.allocate((table.length + 3) / 4 * 4).put(table).rewind();
        int sum = 0;
        while (padded.hasRemaining()) sum += padded.getInt();
        return sum;
    }

    private byte[] head() {
        ByteBuffer out = ByteBuffer.allocate(54);
        shorts(out, 1, 0, 1, 0, 0, 0, 0x5f0f, 0x3cf5, 0, em);
        out.putLong(0).putLong(0);
        shorts(out, 0, 0, em, height, 0, 8, 2, 1, 0);
        return out.array();
    }

    private byte[] hhea() {
        return shorts(
                1, 0, 905, -212, 33, em, 0, 0, em, 1, 0, 0, 0, 0, 0, 0, 0, glyphs());
    }

    private byte[] maxp() {
        return shorts(1, 0, glyphs(), 64, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private byte[] hmtx() {
        ByteBuffer out = ByteBuffer.allocate(4 * glyphs());
        for (int advance : advances) shorts(out, advance, 0);
        return out.array();
    }

    private byte[] loca() {
        ByteBuffer out = ByteBuffer.allocate(4 * offsets.size());
        for (int offset : offsets) out.putInt(offset);
        return out.array();
    }

    /// Format 4: a segment a range, and the one that ends the list.
    private byte[] cmap() {
        int segments = ranges.size() + 1;
        int power = Integer.highestOneBit(segments);
        int length = 16 + 8 * segments;
        ByteBuffer out = ByteBuffer.allocate(12 + length);
        shorts(out, 0, 1, 3, 1, 0, 12);
        shorts(out, 4, length, 0, segments * 2, power * 2, Integer.numberOfTrailingZeros(power));
        shorts(out, (segments - power) * 2);
        for (int[] range : ranges) shorts(out, range[1]);
        shorts(out, 0xffff, 0);
        for (int[] range : ranges) shorts(out, range[0]);
        shorts(out, 0xffff);
        for (int[] range : ranges) shorts(out, range[2] - range[0]);
        shorts(out, 1);
        for (int i = 0; i < segments; i++) shorts(out, 0);
        return out.array();
    }

    private byte[] name() {
        String[] names = {family, "Regular", family, family, "1", family.replace(" ", "")};
        int[] ids = {1, 2, 3, 4, 5, 6};
        var text = new ByteArrayOutputStream();
        ByteBuffer out = ByteBuffer.allocate(6 + 12 * names.length + 1024);
        shorts(out, 0, names.length, 6 + 12 * names.length);
        for (int i = 0; i < names.length; i++) {
            byte[] bytes = names[i].getBytes(StandardCharsets.UTF_16BE);
            shorts(out, 3, 1, 0x409, ids[i], bytes.length, text.size());
            text.writeBytes(bytes);
        }
        out.put(text.toByteArray());
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private byte[] os2() {
        ByteBuffer out = ByteBuffer.allocate(78);
        shorts(out, 0, 556, 400, 5, 0, 650, 700, 0, 140, 650, 700, 0, 477, 50, 259, 0);
        out.put(new byte[10]);
        shorts(out, 0, 0, 0, 0, 0, 0, 0, 0, 0x2020, 0x2020, 0x40, 0x20, 0xffff, 905, -212, 33, 905, 212);
        return out.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer out = ByteBuffer.allocate(2 * values.length);
        shorts(out, values);
        return out.array();
    }

    private static void shorts(ByteBuffer out, int... values) {
        for (int value : values) out.putShort((short) value);
    }
}
