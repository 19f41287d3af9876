package io.gmq.broker.auth;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.agrona.concurrent.EpochClock;

/**
 * Decides attempts to log in.
 *
 * <pre>
 *   readable on the way? ─► address failed too often? ─► same as the last good ones of this user? ─► all failed too often? ─► hash
 * </pre>
 *
 * <p>A name that does not exist is hashed like any other, so neither the answer nor its time tells which names there are. Credentials that
 * were good are known again by a keyed digest, made with a key that lives as long as the process: clients that connect for each request need
 * no hash for each, and who was let in before is let in also while others guess.
 *
 * <p>One thread's.
 */
final class Judge {
    private static final String MAC = "HmacSHA256";
    private static final int KEY_LENGTH = 32;

    /** Compares a password with a hash, in the same time whatever comes of it. */
    @FunctionalInterface
    interface Check {
        boolean matches(byte[] password, String hash);
    }

    private final Accounts accounts;
    private final boolean isTlsRequired;
    private final Check check;
    private final EpochClock clock;
    private final String dummyHash;
    private final Mac mac;
    private final Throttle throttle;
    private final LogInLog log;

    Judge(final Accounts accounts, final boolean isTlsRequired, final Check check, final EpochClock clock) {
        this.accounts = accounts;
        this.isTlsRequired = isTlsRequired;
        this.check = check;
        this.clock = clock;
        dummyHash = Passwords.hash(random());
        mac = keyed();
        throttle = new Throttle(clock.time());
        log = new LogInLog(clock.time());
    }

    private static byte[] random() {
        final byte[] bytes = new byte[KEY_LENGTH];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static Mac keyed() {
        try {
            final Mac keyed = Mac.getInstance(MAC);
            keyed.init(new SecretKeySpec(random(), MAC));
            return keyed;
        } catch (final GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decides one.
     *
     * @param user       its name, in UTF-8.
     * @param password   likewise.
     * @param mayBeToken whether both may be tokens of the original's clients.
     * @param address    the client's, or {@code null}.
     * @param isSecure   whether nobody on the way could read it.
     */
    Decision judge(final byte[] user, final byte[] password, final boolean mayBeToken, final InetAddress address, final boolean isSecure) {
        if (isTlsRequired && !isSecure && (address == null || !address.isLoopbackAddress())) {
            return Decision.NOT_SECURE;
        }
        final byte[] clearUser = mayBeToken ? Token.clear(user) : null;
        final byte[] clearPassword = mayBeToken ? Token.clear(password) : null;
        if (clearUser == null || clearPassword == null) {
            return judge(new String(user, StandardCharsets.UTF_8), password, address);
        }
        try {
            return judge(new String(clearUser, StandardCharsets.UTF_8), clearPassword, address);
        } finally {
            Arrays.fill(clearPassword, (byte) 0);
        }
    }

    private Decision judge(final String user, final byte[] password, final InetAddress address) {
        final long nowMs = clock.time();
        final long addressMs = throttle.waitOfAddressMs(address, nowMs);
        if (addressMs > 0) {
            log.refused(user, address, "too many attempts from there have failed", nowMs);
            return Decision.deferred(addressMs);
        }
        final Accounts.Entry entry = accounts.find(user);
        final byte[] proof = proof(user, password);
        if (entry != null && entry.provenMac() != null && MessageDigest.isEqual(entry.provenMac(), proof)) {
            return Decision.accepted(entry.account());
        }
        final long allMs = throttle.waitOfAllMs(nowMs);
        if (allMs > 0) {
            throttle.countForAddress(address, nowMs);
            log.refused(user, address, "too many attempts have failed", nowMs);
            return Decision.deferred(allMs);
        }
        final boolean canBe = entry != null && entry.hash() != null;
        if (check.matches(password, canBe ? entry.hash() : dummyHash) && canBe) {
            entry.prove(proof);
            return Decision.accepted(entry.account());
        }
        throttle.failed(address, nowMs);
        log.refused(user, address, "no such user with that password", nowMs);
        return Decision.WRONG;
    }

    private byte[] proof(final String user, final byte[] password) {
        final byte[] name = user.getBytes(StandardCharsets.UTF_8);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, name.length));
        mac.update(name);
        return mac.doFinal(password);
    }
}
