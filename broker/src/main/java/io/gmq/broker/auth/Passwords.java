package io.gmq.broker.auth;

import com.password4j.BcryptFunction;
import com.password4j.types.Bcrypt;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Hashes passwords and checks them: bcrypt, always at the same cost, so that no hash takes less time than another. Takes tens of
 * milliseconds of a core, and a few kilobytes. Any thread's.
 *
 * <p>Bcrypt looks at 72 bytes. Of a longer password the digest is hashed in its place.
 */
public final class Passwords {
    /** Bytes that a password may have. */
    public static final int LENGTH_MAX = 1024;

    private static final int COST = 10;
    private static final int BCRYPT_LENGTH_MAX = 72;
    private static final Pattern HASH = Pattern.compile("\\$2b\\$" + COST + "\\$[./A-Za-z0-9]{53}");
    private static final BcryptFunction BCRYPT = BcryptFunction.getInstance(Bcrypt.B, COST);

    private Passwords() {
    }

    /**
     * Hashes a password with a salt of its own.
     *
     * @throws UsersException if it cannot be one.
     */
    public static String hash(final byte[] password) {
        if (password.length == 0 || password.length > LENGTH_MAX) {
            throw new UsersException("a password must have 1 to " + LENGTH_MAX + " bytes");
        }
        return BCRYPT.hash(input(password)).getResult();
    }

    /** Takes the same time for each hash, whether it matches or not. */
    static boolean matches(final byte[] password, final String hash) {
        return BCRYPT.check(input(password), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a text can have come from {@link #hash}. */
    static boolean isHash(final String text) {
        return HASH.matcher(text).matches();
    }

    private static byte[] input(final byte[] password) {
        if (password.length <= BCRYPT_LENGTH_MAX) {
            return password;
        }
        try {
            return Base64.getEncoder().encode(MessageDigest.getInstance("SHA-384").digest(password));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
