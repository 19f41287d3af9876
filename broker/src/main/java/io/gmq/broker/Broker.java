package io.gmq.broker;

import io.gmq.broker.archive.ArchiveFollower;
import io.gmq.broker.auth.Doorkeeper;
import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import io.gmq.broker.config.Machine;
import io.gmq.broker.config.StartPlan;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;
import io.gmq.engine.api.StateMachine;
import io.gmq.engine.core.Engine;
import io.gmq.engine.ring.CommandRing;
import io.gmq.engine.ring.CommandSink;
import io.gmq.engine.ring.Journal;
import io.gmq.journal.JournalTail;
import io.gmq.journal.mysql.Database;
import io.gmq.journal.mysql.DatabaseAddress;
import io.gmq.journal.snapshot.Follower;
import io.gmq.transport.codec.CodecSettings;
import io.gmq.transport.codec.JsonEffectEncoder;
import io.gmq.transport.egress.ReplyEgress;
import io.gmq.transport.ingress.Ingress;
import io.gmq.transport.tcp.Acceptor;
import io.gmq.transport.tcp.ChunkPool;
import io.gmq.transport.tcp.ConnectionCount;
import io.gmq.transport.tcp.Links;
import io.gmq.transport.tcp.Listener;
import io.gmq.transport.tcp.SelectorAgent;
import io.gmq.transport.tcp.SelectorIdleStrategy;
import io.gmq.transport.tcp.TcpSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One broker: everything is made here, in the order in which it depends on each other, and closed in reverse.
 *
 * <pre>
 *   certificates ──► threads' wakers ──► journal (recovered into the engine) ──► ring (logic, journal, egress) ──► selectors ──► acceptors
 * </pre>
 */
public final class Broker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
    private static final int EFFECTS_LENGTH = 8 << 20;
    private static final int START_ARENA_LENGTH = 4096;
    /** Outbound chunks (16 KiB each) kept for reuse. */
    private static final int CHUNKS_KEPT = 4096;
    private static final long REPLY_BYTES_MAX = 64L << 20;
    private static final long DRAIN_MS_MAX = 5000;
    /** What clients may leave unread, all together. */
    private static final long UNREAD_BYTES_MAX = 512L << 20;
    private static final long UNFINISHED_BYTES_MAX = 256L << 20;
    private static final byte[] TOO_MANY =
        JsonEffectEncoder.farewell(RefusalCode.OVERLOADED, "there are as many connections as there may be; try again later");
    private static final byte[] TOO_MANY_OF_ADDRESS = JsonEffectEncoder.farewell(RefusalCode.OVERLOADED,
        "there are as many connections from your address as there may be; close some, or use one for more requests");
    private static final byte[] TOO_MUCH_INPUT = JsonEffectEncoder.farewell(RefusalCode.OVERLOADED,
        "too many long frames are being sent at once; try again later, or with shorter ones");

    private final byte[] shuttingDown;
    private final Journal journal;
    private final CommandRing ring;
    private final BrokerThreads threads;
    private final List<SelectorAgent> selectors = new ArrayList<>();
    private final ConnectionCount connections;
    private final Doorkeeper gate;
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final Optional<TlsService> tls;
    private final boolean hasPlainPort;
    private final boolean hasArchive;
    private final long archiveKeepBytes;
    private ReplyEgress egress;
    private volatile ArchiveFollower archive;
    private boolean isClosed;

    /**
     * Recovers, listens and serves.
     *
     * @param outside   the machine's disk and clocks.
     * @param version   of the software, for {@code hello}.
     * @param onFailure told of what ends the process: a stage, a selector or the journal has failed. It must not return to
     *                  normal life.
     * @throws RuntimeException with one line that says what to do, if the broker cannot start.
     */
    public Broker(
        final Config config, final Machine machine, final Outside outside, final String version, final ErrorHandler onFailure) {
        final StartPlan plan = StartPlan.of(config, machine);
        final ThreadPlan threadPlan = ThreadPlan.of(config, machine.cores());
        StartPlan.refuseSpinning(config, machine.cores(), threadPlan.spinning());
        plan.warnings().forEach(LOG::warn);
        plan.plainAddress().ifPresent(Broker::checkAddress);
        plan.tlsAddress().ifPresent(Broker::checkAddress);
        hasPlainPort = plan.plainAddress().isPresent();
        DirectMemory.warnIfBelow(config.get(Keys.QUEUE_MAX_HELD_BYTES), config.get(Keys.ARCHIVE_DSN).isEmpty() ? 1 : 2);

        hasArchive = !config.get(Keys.ARCHIVE_DSN).isEmpty();
        archiveKeepBytes = config.get(Keys.ARCHIVE_KEEP_BYTES);
        final SteadyClock clock = new SteadyClock(outside.wall(), outside.uptimeNs());
        final StateMachine engine = new Engine();
        final List<AutoCloseable> made = new ArrayList<>();
        try {
            gate = Doorkeeper.of(config, clock);
            if (gate != null) {
                made.add(gate);
            }
            tls = plan.tlsAddress().map(address -> TlsService.start(config, machine.cores()));
            tls.ifPresent(made::add);
            final List<Selector> selectorsOfSystem = openSelectors(threadPlan.selectors(), made);
            final List<SelectorIdleStrategy> idles = selectorsOfSystem.stream().map(SelectorIdleStrategy::new).toList();
            threads = new BrokerThreads(threadPlan, config.get(Keys.RING_WAITING), idles);
            final JournalFactory.Opened opened = JournalFactory.open(config, outside.disk(), engine, clock, threads, this::followed);
            journal = opened.journal();
            made.add(journal);
            clock.notBefore(engine.inspector().nowMs());
            shuttingDown = JsonEffectEncoder.farewell(RefusalCode.SHUTTING_DOWN, journal.levelMax() == Durability.MEMORY
                ? "the broker is stopping; it keeps its messages in memory only"
                : "the broker is stopping; what was confirmed is safe");
            final CodecSettings codec = codecSettings(config, journal, version);
            final boolean isSingleProducer = threadPlan.selectors() == 1;
            ring = new CommandRing(config.get(Keys.RING_SIZE), EFFECTS_LENGTH, isSingleProducer, engine, journal, syncer -> {
                egress = new ReplyEgress(codec, engine.payloads(), syncer);
                return egress;
            }, threads.wakers(), clock);

            final TcpSettings tcp = new TcpSettings(FileDescriptors.connectionsMax(config.get(Keys.NETWORK_MAX_CONNECTIONS)),
                codec.maxFrameLength(), config.get(Keys.NETWORK_MAX_OUTBOUND_BYTES), REPLY_BYTES_MAX,
                maxPendingBytes(codec.maxFrameLength(), threadPlan.selectors()), config.get(Keys.NETWORK_IDLE_TIMEOUT_MS));
            connections = new ConnectionCount(tcp.maxConnections(), config.get(Keys.NETWORK_MAX_CONNECTIONS_PER_ADDRESS),
                engine.highestConnection());
            final ChunkPool chunks = new ChunkPool(CHUNKS_KEPT, Math.max(UNREAD_BYTES_MAX, 4L * tcp.maxOutboundBytes()));
            for (int i = 0; i < selectorsOfSystem.size(); i++) {
                final Ingress ingress =
                    new Ingress(codec, tcp.maxOutboundBytes(), ring.newProducer(powerOfTwo(config.get(Keys.RING_INGRESS_BYTES))), clock,
                        gate);
                selectors.add(new SelectorAgent("selector-" + i, selectorsOfSystem.get(i), idles.get(i), tcp, connections, chunks,
                    ingress::newHandler, TOO_MUCH_INPUT, clock));
            }
            for (final Listener listener : listeners(plan)) {
                acceptors.add(listen(listener, selectorsOfSystem.get(0), clock));
                made.add(acceptors.get(acceptors.size() - 1));
            }
            offerStart(config.limits(), clock);
            archive = hasArchive ? archive(config, opened.tail().get(), clock) : null;
            threads.start(ring, journal, selectors, acceptors, Optional.ofNullable(archive), onFailure);
        } catch (final RuntimeException e) {
            closeAll(made, e);
            throw e;
        }
        LOG.info("serving with profile {}, {} selector{}, storage {}, replies wait for {}",
            threadPlan.profile().name().toLowerCase(Locale.ROOT), threadPlan.selectors(), threadPlan.selectors() == 1 ? "" : "s",
            config.get(Keys.QUEUE_TYPE).name().toLowerCase(Locale.ROOT), config.get(Keys.JOURNAL_DURABILITY).level());
    }

    private static ArchiveFollower archive(final Config config, final JournalTail tail, final EpochClock clock) {
        final Database database =
            new Database(DatabaseAddress.parse(config.get(Keys.ARCHIVE_DSN)), Math.toIntExact(config.get(Keys.DATABASE_TIMEOUT_MS)));
        return new ArchiveFollower(database, tail, clock, SystemNanoClock.INSTANCE);
    }

    /** What the archive still needs of the journal: everything, until it has begun. Any thread's. */
    private Follower followed() {
        final ArchiveFollower its = archive;
        return hasArchive ? new Follower(its == null ? 0 : its.position(), archiveKeepBytes) : Follower.NONE;
    }

    private static CodecSettings codecSettings(final Config config, final Journal journal, final String version) {
        return new CodecSettings(config.limits(), config.get(Keys.NETWORK_MAX_FRAME_LENGTH), config.get(Keys.JOURNAL_DURABILITY),
            journal.levelMax(), config.get(Keys.QUEUE_TYPE).name().toLowerCase(Locale.ROOT), "GMQ/" + version);
    }

    /** For frames that are not complete yet; room for some of the longest at the least. */
    private static long maxPendingBytes(final int maxFrameLength, final int selectors) {
        return Math.max(4L * maxFrameLength, UNFINISHED_BYTES_MAX / selectors);
    }

    private static List<Selector> openSelectors(final int count, final List<AutoCloseable> made) {
        final List<Selector> opened = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                opened.add(Selector.open());
                made.add(opened.get(i));
            }
        } catch (final IOException e) {
            throw new BrokerException("cannot open a selector: " + e.getMessage(), e);
        }
        return opened;
    }

    private List<Listener> listeners(final StartPlan plan) {
        final List<Listener> listeners = new ArrayList<>();
        plan.plainAddress().ifPresent(address -> listeners.add(new Listener(address, Links.PLAIN, TOO_MANY, TOO_MANY_OF_ADDRESS)));
        plan.tlsAddress().ifPresent(address -> listeners.add(tls.get().listener(address)));
        return listeners;
    }

    private Acceptor listen(final Listener listener, final Selector selector, final EpochClock clock) {
        try {
            return new Acceptor(listener, selector, selectors, connections, this::isStarted, clock);
        } catch (final IOException e) {
            throw cannotListen(listener.address(), e);
        }
    }

    private static BrokerException cannotListen(final InetSocketAddress address, final IOException e) {
        return new BrokerException("cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort() + ": "
            + e.getMessage() + "; stop whoever listens there, choose another port with --port (tls.port for TLS), or an address of this machine", e);
    }

    /** Finds a taken port at once, and not only after a long recovery. */
    private static void checkAddress(final InetSocketAddress address) {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address);
        } catch (final IOException e) {
            throw cannotListen(address, e);
        }
    }

    /** Ends the connections of the process before, as the first command of this one, and sets the limits. */
    private void offerStart(final Limits limits, final EpochClock clock) {
        final UnsafeBuffer start = new UnsafeBuffer(new byte[CommandHeader.LENGTH + Limits.BODY_LENGTH]);
        CommandHeader.write(start, 0, CommandType.START, clock.time(), CommandHeader.HOST);
        limits.write(start, CommandHeader.LENGTH);
        final CommandSink sink = ring.newProducer(START_ARENA_LENGTH);
        sink.offer(start, 0, start.capacity(), null, 0);
        sink.flush();
    }

    /** Whether what the process before had leased is back in its place, so that clients find the queues in order. */
    private boolean isStarted() {
        return ring.isDrained() && !ring.ticker().hasWorkLeft();
    }

    private static int powerOfTwo(final int least) {
        return 1 << 32 - Integer.numberOfLeadingZeros(least - 1);
    }

    /** Where clients connect to without TLS, or with it where that is all. */
    public InetSocketAddress address() {
        return addressOf(acceptors.get(0));
    }

    /** Where clients connect to with TLS. */
    public Optional<InetSocketAddress> tlsAddress() {
        return tls.map(its -> addressOf(acceptors.get(acceptors.size() - 1)));
    }

    /** Whether {@link #address} is without TLS. */
    public boolean hasPlainPort() {
        return hasPlainPort;
    }

    private static InetSocketAddress addressOf(final Acceptor acceptor) {
        try {
            return acceptor.address();
        } catch (final IOException e) {
            throw new BrokerException("no longer listening", e);
        }
    }

    /**
     * Stops cleanly: takes no new connection or request, answers what it has, says goodbye, and closes the journal. A client
     * that does not read its replies is waited for a few seconds only.
     */
    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        acceptors.forEach(Broker::closeQuietly);
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MS_MAX);
        selectors.forEach(SelectorAgent::drain);
        if (gate != null) {
            gate.close();
        }
        ring.ticker().stop();
        ring.watch().stop();
        await(deadlineNs, () -> selectors.stream().allMatch(SelectorAgent::hasStoppedReading));
        await(deadlineNs, () -> ring.isDrained() && !egress.isHolding() && !ring.syncer().isBehind());
        selectors.forEach(selector -> selector.endAll(shuttingDown));
        await(deadlineNs, () -> connections.open() == 0);
        tls.ifPresent(TlsService::close);
        journal.giveUp();
        if (archive != null) {
            archive.stop();
        }
        threads.close();
        journal.close();
        say("refused requests since the start: {}", egress.refusals());
        say("connections sent away or ended since the start: {}", connections.bounds());
    }

    private static void say(final String line, final Object counts) {
        if (!counts.toString().isEmpty()) {
            LOG.info(line, counts);
        }
    }

    private static void closeQuietly(final Acceptor acceptor) {
        try {
            acceptor.close();
        } catch (final IOException e) {
            LOG.warn("closing a listening socket failed: {}", e.getMessage());
        }
    }

    private static void await(final long deadlineNs, final BooleanSupplier isDone) {
        while (!isDone.getAsBoolean() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private static void closeAll(final List<AutoCloseable> made, final RuntimeException cause) {
        for (int i = made.size() - 1; i >= 0; i--) {
            try {
                made.get(i).close();
            } catch (final Exception e) {
                cause.addSuppressed(e);
            }
        }
    }
}
