package io.gmq.bench.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One thread of the generator: some producers, the consumers of their queues, and the loop that drives them. It waits in its selector
 * where nothing can be done, but only after it has looked again and again for a little while.
 */
final class LoadThread implements Runnable, AutoCloseable {
    /** Bytes that are read at a time. */
    static final int INPUT_BYTES = 512 << 10;

    private static final long SPIN_NS = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long SOON_NS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long STUCK_NS = TimeUnit.SECONDS.toNanos(30);
    private static final int WAIT_MS = 1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Wire wire;
    private final Endpoint endpoint;
    private final LoadPlan plan;
    private final Share share;
    private final Timeline timeline;
    private final Selector selector;
    private final Input input = new Input(INPUT_BYTES);
    private final List<Producer> producers = new ArrayList<>();
    private final List<Consumer> consumers = new ArrayList<>();
    private final Ledger ledger;
    private final Tally tally;
    private final java.util.function.Consumer<SelectionKey> onSelected = this::onSelected;
    /** For those who show progress. */
    private final AtomicLong shown = new AtomicLong();

    private volatile RuntimeException failure;
    private volatile Mark begin;
    private volatile Mark end;
    private Phase phase = Phase.OPENING;
    private boolean hasArrived;
    private boolean isSettling;
    private boolean isConfirming;
    private long backlogLeft;
    private long heldMax = Long.MAX_VALUE;
    private long progressNs;
    private long sent;
    private int reads;
    private int turn;

    LoadThread(final Wire wire, final Endpoint endpoint, final LoadPlan plan, final Share share, final Timeline timeline)
        throws IOException {
        this.wire = wire;
        this.endpoint = endpoint;
        this.plan = plan;
        this.share = share;
        this.timeline = timeline;
        selector = Selector.open();
        int stampChars = 0;
        for (int i = 0; i < share.producers().size(); i++) {
            stampChars = addProducer(i);
        }
        ledger = new Ledger(plan.topology().producers());
        tally = new Tally(ledger, plan.topology().producers() == 1, stampChars);
        backlogLeft = plan.backlog() / plan.topology().threads() / plan.batch() * plan.batch();
    }

    private int addProducer(final int index) {
        final List<String> queues = share.queuesOf(index, share.producers().size());
        final PublishSide side = wire.publisher(plan, queues);
        final int number = share.producers().get(index);
        final Schedule schedule = plan.pace().isOpenLoop()
            ? new Schedule(plan.pace().perSecond() / plan.batch(), number, plan.topology().producers()) : null;
        producers.add(new Producer(endpoint, selector, side, queues, number, plan, schedule));
        isConfirming = side.isConfirming();
        return side.frame().stampChars();
    }

    @Override
    public void run() {
        try {
            progressNs = timeline.nowNs();
            while (phase != Phase.DONE && !timeline.isAborted()) {
                duty(timeline.nowNs());
            }
        } catch (final IOException e) {
            fail(new LoadException("a connection has failed: " + e.getMessage(), e));
        } catch (final RuntimeException e) {
            fail(e);
        }
    }

    private void fail(final RuntimeException e) {
        failure = e;
        timeline.abort();
    }

    private void duty(final long nowNs) throws IOException {
        tally.at(nowNs);
        publish(nowNs);
        int work = 0;
        for (final Producer producer : producers) {
            work += producer.flush() ? 1 : 0;
        }
        final long available = available();
        for (final Consumer consumer : consumers) {
            consumer.advance(available);
            work += consumer.flush() ? 1 : 0;
        }
        nextPhase(nowNs);
        reads = 0;
        if (work > 0 || nowNs - progressNs < SPIN_NS || isDueSoon(nowNs)) {
            if (selector.selectNow(onSelected) == 0 && work == 0) {
                // A broker on the same processor may need it.
                Thread.yield();
            }
        } else {
            selector.select(onSelected, WAIT_MS);
        }
        if (work + reads > 0) {
            progressNs = nowNs;
            shown.lazySet(done());
        } else {
            look(nowNs);
        }
    }

    private void look(final long nowNs) {
        if (nowNs - progressNs > STUCK_NS) {
            throw new LoadException("nothing has come from the broker for " + TimeUnit.NANOSECONDS.toSeconds(STUCK_NS) + " s; published "
                + sent + ", confirmed " + confirmed() + ", delivered " + tally.delivered() + ", settled " + tally.settled());
        }
    }

    private void onSelected(final SelectionKey key) {
        if (key.isReadable()) {
            reads++;
            try {
                ((Link) key.attachment()).read(input, tally, timeline);
            } catch (final IOException e) {
                throw new LoadException("a connection has failed: " + e.getMessage(), e);
            }
        }
    }

    /** In an open loop there is no sleep that ends early enough. */
    private boolean isDueSoon(final long nowNs) {
        return plan.pace().isOpenLoop() && (phase == Phase.WARMING || phase == Phase.MEASURING) && soonestNs() - nowNs < SOON_NS;
    }

    private long soonestNs() {
        long soonest = Long.MAX_VALUE;
        for (final Producer producer : producers) {
            soonest = Math.min(soonest, producer.nextDueNs());
        }
        return soonest;
    }

    // ---- publishing ----

    private void publish(final long nowNs) {
        switch (phase) {
            case FILLING -> fill(nowNs, backlogLeft);
            case WARMING, MEASURING -> {
                if (plan.pace().isOpenLoop()) {
                    fillDue(nowNs);
                } else {
                    fill(nowNs, unconsumedRoom());
                }
            }
            case DRAINING -> {
                if (plan.pace().isOpenLoop()) {
                    fillDue(end.atNs() - 1);
                }
            }
            default -> { }
        }
    }

    private long unconsumedRoom() {
        if (share.consumers() == 0) {
            refuseToWait();
            return heldMax - sent;
        }
        final long window = (long) plan.window() * producers.size() + plan.backlog();
        return Math.min(window - (sent - tally.delivered()), heldMax - (sent - done()));
    }

    /** Where nobody consumes, there will never be room again. */
    private void refuseToWait() {
        if (heldMax - sent < plan.batch() && confirmed() == sent) {
            throw new LoadException("the queues hold all that they may, " + heldMax + " messages, and nobody consumes; publish fewer, or raise "
                + "their capacity");
        }
    }

    private void fill(final long nowNs, final long messagesMax) {
        long left = messagesMax / plan.batch();
        final int first = turn;
        for (int i = 0; i < producers.size() && left > 0; i++) {
            turn = (first + i) % producers.size();
            final int frames = producers.get(turn).fill(nowNs, left);
            left -= frames;
            onSent(frames);
        }
        turn = (turn + 1) % producers.size();
    }

    private void fillDue(final long nowNs) {
        long left = (heldMax - (sent - done())) / plan.batch();
        for (final Producer producer : producers) {
            final int frames = producer.fillDue(nowNs, left);
            left -= frames;
            onSent(frames);
        }
    }

    private void onSent(final int frames) {
        sent += (long) frames * plan.batch();
        if (phase == Phase.FILLING) {
            backlogLeft -= (long) frames * plan.batch();
        }
    }

    // ---- how far it is ----

    private long confirmed() {
        return isConfirming ? tally.confirmedFrames() * plan.batch() : sent;
    }

    private long done() {
        return isSettling ? tally.settled() : share.consumers() > 0 ? tally.delivered() : confirmed();
    }

    private long available() {
        return consumers.isEmpty() ? 0 : Math.max(0, confirmed() - tally.delivered() + consumers.size() - 1) / consumers.size();
    }

    private Mark mark(final long nowNs) {
        return new Mark(nowNs, sent, confirmed(), tally.delivered(), done(), tally.emptied(), THREADS.getCurrentThreadCpuTime());
    }

    // ---- phases ----

    private void nextPhase(final long nowNs) {
        switch (phase) {
            case OPENING -> {
                if (areOpen(producers) && areAllThrough()) {
                    heldMax = heldMax();
                    phase = plan.backlog() > 0 ? Phase.FILLING : Phase.SUBSCRIBING;
                    subscribe();
                }
            }
            case FILLING -> {
                if (backlogLeft < plan.batch() && confirmed() == sent && areAllThrough()) {
                    phase = Phase.SUBSCRIBING;
                    subscribe();
                }
            }
            case SUBSCRIBING -> {
                if (areOpen(consumers) && areAllThrough()) {
                    phase = Phase.WARMING;
                    startSchedules();
                }
            }
            case WARMING -> {
                if (nowNs >= timeline.measureFromNs()) {
                    tally.count(timeline.measureFromNs(), timeline.measureToNs());
                    begin = mark(nowNs);
                    phase = Phase.MEASURING;
                }
            }
            case MEASURING -> {
                if (nowNs >= timeline.measureToNs() || hasEnough()) {
                    tally.count(timeline.measureFromNs(), nowNs);
                    end = mark(nowNs);
                    phase = Phase.DRAINING;
                }
            }
            default -> {
                if (isDrained() && areAllThrough()) {
                    phase = Phase.DONE;
                }
            }
        }
    }

    /** This thread is through with its phase; true when all are. */
    private boolean areAllThrough() {
        if (!hasArrived) {
            hasArrived = true;
            timeline.arrive(phase);
        }
        progressNs = timeline.nowNs();
        final boolean areAll = timeline.haveAllArrived(phase);
        hasArrived = !areAll;
        return areAll;
    }

    private static boolean areOpen(final List<? extends Link> links) {
        for (final Link link : links) {
            if (!link.isOpen()) {
                return false;
            }
        }
        return true;
    }

    /** Messages that the queues can hold. */
    private long heldMax() {
        final long ofQueue = producers.get(0).side().capacity();
        return ofQueue > Long.MAX_VALUE / share.queues().size() ? Long.MAX_VALUE : ofQueue * share.queues().size();
    }

    private void subscribe() {
        if (phase == Phase.SUBSCRIBING) {
            for (int i = 0; i < share.consumers(); i++) {
                final ConsumeSide side = wire.consumer(plan, share.queuesOf(i, share.consumers()));
                isSettling = side.isSettling();
                consumers.add(new Consumer(endpoint, selector, side));
            }
        }
    }

    private void startSchedules() {
        for (final Producer producer : producers) {
            producer.start(timeline.beginNs());
        }
    }

    private boolean hasEnough() {
        final long messages = plan.pace().messages();
        return messages > 0 && done() - begin.done() >= messages / plan.topology().threads();
    }

    private boolean isDrained() {
        if (plan.pace().isOpenLoop() && !haveSentAllDue()) {
            return false;
        }
        return confirmed() >= sent && (plan.backlog() > 0 || share.consumers() == 0 || done() >= sent && tally.delivered() >= sent);
    }

    private boolean haveSentAllDue() {
        for (final Producer producer : producers) {
            if (!producer.hasSentDue(end.atNs())) {
                return false;
            }
        }
        return true;
    }

    // ---- for the one who runs it; after its end, except where it says otherwise ----

    RuntimeException failure() {
        return failure;
    }

    /** At any time: messages that are through. */
    long shown() {
        return shown.get();
    }

    /** At any time: how far it was when measuring began; null before. */
    Mark begin() {
        return begin;
    }

    /** At any time: how far it was when measuring ended; null before. */
    Mark end() {
        return end;
    }

    Tally tally() {
        return tally;
    }

    /** Messages that have not come, though they should have. */
    long missing() {
        if (plan.backlog() > 0 || share.consumers() == 0) {
            return 0;
        }
        if (!tally.seesSequences()) {
            return sent - tally.delivered();
        }
        long missing = 0;
        for (int i = 0; i < producers.size(); i++) {
            missing += ledger.missing(share.producers().get(i), producers.get(i).sent());
        }
        return missing;
    }

    long repeats() {
        return ledger.repeats();
    }

    @Override
    public void close() {
        producers.forEach(Link::close);
        consumers.forEach(Link::close);
        try {
            selector.close();
        } catch (final IOException e) {
            // It is gone either way.
        }
    }
}
