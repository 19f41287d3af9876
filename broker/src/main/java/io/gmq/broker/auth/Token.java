package io.gmq.broker.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the original's clients send in the place of a name or a password: the hex digits of its bytes, and behind them those of the SHA-512
 * digest of nothing. The original hashes no bytes and appends the result, so this hides nothing.
 */
final class Token {
    private static final byte[] DIGEST = digestOfNothing();

    private Token() {
    }

    private static byte[] digestOfNothing() {
        try {
            return MessageDigest.getInstance("SHA-512").digest();
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The bytes that a token stands for, or {@code null} if it is none. */
    static byte[] clear(final byte[] sent) {
        final byte[] bytes;
        try {
            bytes = HexFormat.of().parseHex(new String(sent, StandardCharsets.ISO_8859_1));
        } catch (final IllegalArgumentException noHex) {
            return null;
        }
        final int length = bytes.length - DIGEST.length;
        return length >= 0 && Arrays.equals(bytes, length, bytes.length, DIGEST, 0, DIGEST.length) ? Arrays.copyOf(bytes, length) : null;
    }
}
