package io.gmq.bench.tune;

import io.gmq.bench.load.OwnBroker;
import io.gmq.bench.report.Numbers;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Tunes a broker on this machine. */
public final class Tuning {
    private static final double NS_A_SECOND = 1e9;

    private final Factors factors;
    private final List<String> fixed;
    private final int window;
    private final double seconds;

    /**
     * @param fixed   settings of every broker, as {@code section.key=value}.
     * @param window  messages that may be unconfirmed.
     * @param seconds that it may take.
     */
    public Tuning(final Factors factors, final List<String> fixed, final int window, final double seconds) {
        this.factors = factors;
        this.fixed = fixed;
        this.window = window;
        this.seconds = seconds;
    }

    /**
     * Does it.
     *
     * @param parent   where brokers keep their data meanwhile.
     * @param progress hears how far it is, often.
     */
    public TuneReport run(final Path parent, final Consumer<Supplier<String>> progress) throws InterruptedException {
        final long beganNs = System.nanoTime();
        final Tuner[] tuner = new Tuner[1];
        final BrokerMeter meter = new BrokerMeter(parent, fixed, window, (point, messages) -> progress.accept(() -> {
            final double left = seconds - (System.nanoTime() - beganNs) / NS_A_SECOND;
            return "point " + (tuner[0].measured() + 1) + " of " + tuner[0].count() + " (" + point.words() + ")"
                + (left > 1 ? ", about " + Numbers.whole(left) + " s left" : "");
        }));
        tuner[0] = new Tuner(meter, factors, seconds);
        final Findings findings = tuner[0].run();
        return new TuneReport(findings, new Advice(findings, factors), fixed, window, (System.nanoTime() - beganNs) / NS_A_SECOND,
            OwnBroker.fileSystem(parent));
    }
}
