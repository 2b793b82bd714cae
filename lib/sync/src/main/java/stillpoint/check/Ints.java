package stillpoint.check;

import java.util.Arrays;

/// A growing row of ints: the edges of a state graph are too many for boxes.
final class Ints {
    private int[] values = new int[64];
    private int size;

    int size() {
        return size;
    }

    int get(int at) {
        return values[at];
    }

    void add(int value) {
        if (size == values.length) values = Arrays.copyOf(values, size * 2);
        values[size++] = value;
    }

    int last() {
        return values[size - 1];
    }

    void setLast(int value) {
        values[size - 1] = value;
    }

    int removeLast() {
        return values[--size];
    }
}
