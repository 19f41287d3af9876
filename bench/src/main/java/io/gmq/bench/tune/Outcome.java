package io.gmq.bench.tune;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a point does.
 *
 * @param perSecond     messages a second in a closed loop.
 * @param cpuPerMillion processor seconds of the broker for a million messages.
 * @param p50Ns         at half of that rate, half of the messages are confirmed within so long of when they were due.
 * @param p99Ns         and 99 % of them within so long.
 * @param p999Ns        and 99.9 %.
 * @param residentBytes the broker's memory.
 */
record Outcome(Point point, double perSecond, double cpuPerMillion, double p50Ns, double p99Ns, double p999Ns, double residentBytes) {
    double bytesPerSecond() {
        return perSecond * point.bytes();
    }

    Map<String, Object> json() {
        final Map<String, Object> all = point.json();
        final Map<String, Object> result = new LinkedHashMap<>();
        result.put("messages_per_s", perSecond);
        result.put("bytes_per_s", bytesPerSecond());
        result.put("broker_cpu_s_per_million", cpuPerMillion);
        result.put("half_load_confirm_us", Map.of("p50", p50Ns / 1e3, "p99", p99Ns / 1e3, "p99.9", p999Ns / 1e3));
        result.put("broker_resident_bytes", residentBytes);
        all.putAll(result);
        return all;
    }
}
