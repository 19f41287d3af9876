package io.gmq.compare.run;

import io.gmq.compare.peer.Samples;
import java.util.Map;

/**
 * What one measurement gave.
 *
 * @param subject its id.
 * @param round   from 1.
 * @param values  by name; what was not measured is not there.
 */
public record Figure(Table table, String subject, int round, Map<String, Double> values) {
    /** Messages a second that went all the way. */
    public static final String RATE = "messages_per_s";
    /** Processor time of the broker, all its processes, in seconds for a million messages. */
    public static final String BROKER_CPU = "broker_cpu_s_per_million";
    /** Processor time of the client or generator. */
    public static final String CLIENT_CPU = "client_cpu_s_per_million";
    /** Of one in flight, in microseconds. */
    public static final String P50 = "p50_us";
    /** Of one in flight, in microseconds. */
    public static final String P99 = "p99_us";

    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_S = 1e9;

    /** The values of operations of which each began when the one before ended. */
    static Map<String, Double> of(final Samples samples) {
        return Map.of(RATE, samples.count() * NS_PER_S / samples.sumNs(), P50, samples.percentileNs(50) / NS_PER_US,
            P99, samples.percentileNs(99) / NS_PER_US);
    }
}
