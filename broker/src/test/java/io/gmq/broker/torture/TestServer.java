package io.gmq.broker.torture;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.Config;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Keys;
import io.gmq.broker.config.Machine;
import io.gmq.journal.disk.LocalDisk;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * A real broker as a process, like {@code gmq server}, but for what surrounds it. The first argument says what happens:
 *
 * <pre>
 *   before,force journal,7       its disk ends the process at that call, see {@link KillingDisk.Point}
 *   overflow,force journal,7     the thread that makes that call runs out of stack
 *   overflow,clock selector,99   likewise a selector thread that looks at the clock
 *   jump,-3600000,500            somebody puts the wall clock that many milliseconds forth, so many after the broker has first looked at it
 * </pre>
 */
public final class TestServer {
    /** Of a process that has stopped itself. */
    static final int EXIT_BROKEN = 70;

    private TestServer() {
    }

    /** Arguments: what happens, then those of the server. */
    public static void main(final String[] args) {
        final Broker broker = new Broker(config(args), Machine.current(), outside(args[0].split(",")), "torture", TestServer::die);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            broker.close();
            Runtime.getRuntime().halt(0);
        }));
        final InetSocketAddress address = broker.address();
        System.out.println("GMQ ready on " + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    private static Outside outside(final String[] what) {
        if (what[0].equals("jump")) {
            return new Outside(LocalDisk.INSTANCE, jumpingClock(Long.parseLong(what[1]), Long.parseLong(what[2])), System::nanoTime);
        }
        if (what[1].startsWith("clock ")) {
            return new Outside(LocalDisk.INSTANCE, SystemEpochClock.INSTANCE, deepClock(what[1].substring(6), Integer.parseInt(what[2])));
        }
        final KillingDisk.Point point = KillingDisk.Point.of(String.join(",", what));
        return new Outside(new KillingDisk(LocalDisk.INSTANCE, point), SystemEpochClock.INSTANCE, System::nanoTime);
    }

    /** Counted from the first look: a broker that begins after a jump cannot tell it from time that has passed. */
    private static EpochClock jumpingClock(final long jumpMs, final long afterMs) {
        final AtomicLong firstNs = new AtomicLong();
        return () -> {
            final long nowNs = System.nanoTime();
            if (firstNs.compareAndSet(0, nowNs)) {
                return System.currentTimeMillis();
            }
            return System.currentTimeMillis() + (nowNs - firstNs.get() > TimeUnit.MILLISECONDS.toNanos(afterMs) ? jumpMs : 0);
        };
    }

    /** A clock at which a thread, known by a part of its name, has no more stack when it has looked so often. */
    private static LongSupplier deepClock(final String thread, final int count) {
        final AtomicInteger looks = new AtomicInteger();
        return () -> Thread.currentThread().getName().contains(thread) && looks.incrementAndGet() == count ? KillingDisk.overflow(0)
            : System.nanoTime();
    }

    private static Config config(final String[] args) {
        final ConfigLoader loader = new ConfigLoader(Machine.current());
        for (int i = 1; i + 1 < args.length; i += 2) {
            switch (args[i]) {
                case "--port" -> loader.flag(args[i], Keys.NETWORK_PORT, args[i + 1]);
                case "--data" -> loader.flag(args[i], Keys.FILESYSTEM_PATH, args[i + 1]);
                case "--set" -> loader.set(args[i + 1]);
                default -> throw new IllegalArgumentException(args[i]);
            }
        }
        return loader.load();
    }

    private static void die(final Throwable failure) {
        System.err.println(failure);
        Runtime.getRuntime().halt(EXIT_BROKEN);
    }
}
