package io.gmq.bench.wire;

import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Output;
import java.util.List;

/** What a consumer of GMQ sends. All but the ids is made beforehand. */
final class GmqRequests {
    private static final int CREDIT_MAX = 100_000;
    private static final int WAIT_MS = 10_000;
    private static final byte[] FROM = Scan.ascii(",\"from\":");
    private static final byte[] TO = Scan.ascii(",\"to\":");
    private static final byte[] MESSAGE = Scan.ascii(",\"message\":");

    private final byte[][] acks;
    private final byte[][] takes;
    private final byte[] end;
    private final byte[] opening;

    GmqRequests(final LoadPlan plan, final GmqOptions options, final List<String> queues) {
        acks = new byte[queues.size()][];
        takes = new byte[queues.size()][];
        end = Scan.ascii(GmqWire.level(options) + "}\n");
        final StringBuilder first = new StringBuilder();
        final String as = ",\"as\":\"" + options.form().member() + "\"";
        // What comes late in an open loop may be more than a window, and is not to wait for credit, too.
        final long credit = plan.pace().perSecond() > 0 ? CREDIT_MAX : Math.min(CREDIT_MAX, (long) plan.window() * plan.topology().producers());
        // As many single takes as the window has would wait with more room for replies than a connection may claim.
        final String wait = options.way() == GmqOptions.Way.SINGLE ? "" : ",\"wait_ms\":" + WAIT_MS;
        final int max = options.way() == GmqOptions.Way.SINGLE ? 1 : options.takeMax();
        for (int i = 0; i < queues.size(); i++) {
            final String queue = ",\"queue\":\"" + queues.get(i) + "\"";
            acks[i] = Scan.ascii("{\"operation\":\"ack\"" + queue);
            final String id = queues.size() == 1 ? "" : "\"id\":" + i + ",";
            takes[i] = Scan.ascii("{" + id + "\"operation\":\"take\"" + queue + ",\"max\":" + max + wait + as + "}\n");
            if (options.way() == GmqOptions.Way.PUSH) {
                first.append("{\"operation\":\"consume\"").append(queue).append(",\"credit\":").append(credit).append(as).append("}\n");
            } else if (options.way() == GmqOptions.Way.SINGLE) {
                // Without waiting, a take needs a queue that is there.
                first.append("{\"operation\":\"configure\"").append(queue).append("}\n");
            }
        }
        opening = options.greeting().followedBy(first.toString());
    }

    byte[] opening() {
        return opening;
    }

    void take(final Output out, final int queue) {
        out.put(takes[queue]);
    }

    void ack(final Output out, final int queue, final long message) {
        out.put(acks[queue]).put(MESSAGE).putNumber(message).put(end);
    }

    void ack(final Output out, final int queue, final long from, final long to) {
        out.put(acks[queue]).put(FROM).putNumber(from).put(TO).putNumber(to).put(end);
    }
}
