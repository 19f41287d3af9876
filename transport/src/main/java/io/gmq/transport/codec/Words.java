package io.gmq.transport.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Some ASCII words, found in a frame without making a string of what was read: by their first eight bytes, in one long, through a
 * small hash table. Each is known by its place from 0 on.
 */
final class Words {
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private final String[] all;
    private final byte[][] bytes;
    private final int shift;
    private final long[] heads;
    private final int[] places;

    private Words(final String... all) {
        this.all = all;
        bytes = Stream.of(all).map(word -> word.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
        final int slots = Integer.highestOneBit(all.length) * 4;
        shift = Long.numberOfLeadingZeros(slots) + 1;
        heads = new long[slots];
        places = new int[slots];
        Arrays.fill(places, -1);
        for (int place = 0; place < all.length; place++) {
            final long head = head(bytes[place], 0, bytes[place].length);
            int slot = slot(head);
            while (places[slot] >= 0) {
                slot = slot + 1 & slots - 1;
            }
            heads[slot] = head;
            places[slot] = place;
        }
    }

    /** One word or more, none of them empty. */
    static Words of(final String... words) {
        return new Words(words);
    }

    /** Which word it is, or -1 for none. */
    int find(final byte[] in, final int from, final int to) {
        final long head = head(in, from, to);
        int slot = slot(head);
        while (places[slot] >= 0) {
            if (heads[slot] == head && isTail(bytes[places[slot]], in, from, to)) {
                return places[slot];
            }
            slot = slot + 1 & heads.length - 1;
        }
        return -1;
    }

    /** Whether a word has this length, and these bytes behind the first eight. */
    private static boolean isTail(final byte[] word, final byte[] in, final int from, final int to) {
        if (word.length != to - from) {
            return false;
        }
        for (int i = Long.BYTES; i < word.length; i++) {
            if (word[i] != in[from + i]) {
                return false;
            }
        }
        return true;
    }

    private int slot(final long head) {
        return (int) (head * MULTIPLIER >>> shift);
    }

    /** The first eight bytes, or all there are, the first of them lowest. */
    private static long head(final byte[] in, final int from, final int to) {
        final int length = to - from;
        if (length >= Long.BYTES) {
            return Swar.getLong(in, from);
        }
        if (from + Long.BYTES <= in.length) {
            return Swar.getLong(in, from) & (1L << length * Byte.SIZE) - 1;
        }
        long head = 0;
        for (int i = 0; i < length; i++) {
            head |= (in[from + i] & 0xFFL) << i * Byte.SIZE;
        }
        return head;
    }

    /** All of them, for people. */
    String choice() {
        final int last = all.length - 1;
        return String.join(", ", Arrays.copyOf(all, last)) + " or " + all[last];
    }
}
