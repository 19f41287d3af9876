package io.gmq.compare.run;

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
}
