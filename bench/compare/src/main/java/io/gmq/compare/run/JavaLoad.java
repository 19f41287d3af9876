package io.gmq.compare.run;

import io.gmq.compare.link.Flow;
import io.gmq.compare.link.Link;
import io.gmq.compare.link.Payloads;
import io.gmq.compare.peer.ProcessorTime;
import io.gmq.compare.peer.RunningServer;
import io.gmq.compare.peer.Samples;
import io.gmq.compare.peer.Subject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Measures a subject by its official Java client. */
final class JavaLoad {
    private static final int HALF = 2;
    private static final double MILLION = 1e6;
    private static final long END_MS = TimeUnit.SECONDS.toMillis(20);

    private static final AtomicInteger QUEUES = new AtomicInteger();

    private final Plan plan;
    private final Payloads payloads;

    JavaLoad(final Plan plan) {
        this.plan = plan;
        payloads = new Payloads(plan.messageLength());
    }

    private Link open(final Subject subject, final RunningServer server, final Flow flow) throws Exception {
        final String queue = "compare-" + subject.id() + "-" + QUEUES.incrementAndGet();
        return subject.drivers().java().open(RunningServer.HOST, server.port(), queue, plan.messageLength(), flow);
    }

    /** One producer, one consumer, as many messages on their way as the window allows. */
    Map<String, Double> throughput(final Subject subject, final RunningServer server) throws Exception {
        final Flow flow = new Flow(plan.window());
        final Link link = open(subject, server, flow);
        final Thread consumer = thread("consumer", flow, link::poll);
        final Thread producer = thread("producer", flow, () -> publish(link, flow));
        try {
            link.subscribe();
            consumer.start();
            producer.start();
            await(flow, plan.warmUp());
            final long began = System.nanoTime();
            final long messages = flow.settledCount();
            final double broker = server.cpuSeconds();
            final double client = ownCpuSeconds();
            await(flow, plan.measured());
            final long more = flow.settledCount() - messages;
            final double seconds = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
            flow.check();
            Plan.checkTime(seconds, plan.measured());
            return Map.of(Figure.RATE, more / seconds, Figure.BROKER_CPU, (server.cpuSeconds() - broker) * MILLION / more,
                Figure.CLIENT_CPU, (ownCpuSeconds() - client) * MILLION / more);
        } finally {
            flow.end();
            producer.join(END_MS);
            consumer.join(END_MS);
            link.close();
        }
    }

    private static double ownCpuSeconds() {
        return ProcessorTime.of(ProcessHandle.current().pid());
    }

    private static void await(final Flow flow, final Duration duration) throws Exception {
        final long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0 && !flow.isOver(); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
        }
        flow.check();
    }

    private void publish(final Link link, final Flow flow) throws Exception {
        while (!flow.isOver()) {
            if (flow.hasRoom()) {
                link.publish(payloads.of(flow.next()));
            } else {
                link.flush();
                flow.awaitRoom();
            }
        }
        link.flush();
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread thread(final String name, final Flow flow, final Work work) {
        final Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (final Exception e) {
                flow.fail(e);
            }
        }, "compare-" + name);
        thread.setDaemon(true);
        return thread;
    }

    /** From publishing a message to its confirmation; the next is published only then. Nobody consumes meanwhile. */
    Map<String, Double> oneInFlight(final Subject subject, final RunningServer server) throws Exception {
        final Link link = open(subject, server, new Flow(plan.window()));
        try {
            oneByOne(link, plan.oneInFlight().dividedBy(HALF));
            final Samples samples = oneByOne(link, plan.oneInFlight());
            return Figure.of(samples);
        } finally {
            link.close();
        }
    }

    private Samples oneByOne(final Link link, final Duration duration) throws Exception {
        final Samples samples = new Samples();
        final long end = System.nanoTime() + duration.toNanos();
        for (long before = System.nanoTime(); before < end;) {
            link.publishAndWait(payloads.of(samples.count()));
            final long after = System.nanoTime();
            samples.add(after - before);
            before = after;
        }
        return samples;
    }
}
