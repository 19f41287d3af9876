package io.gmq.bench.wire;

import io.gmq.bench.load.LoadException;
import io.gmq.bench.load.Stamp;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.DirectBuffer;

/**
 * GMQ's protocol with nothing behind it: frames are told apart by their first bytes, and answered with the same bytes always. All
 * queues are one; a connection's frames of a kind must all have the same length, as the generator's have.
 */
final class NullGmq extends NullSession {
    private static final long FIRST = Scan.word("{\"operat");
    private static final long PUBLISH = Scan.word("ion\":\"pu");
    private static final long ACK = Scan.word("ion\":\"ac");
    private static final long TAKE = Scan.word("ion\":\"ta");
    /** Of configure, too. */
    private static final long CONSUME = Scan.word("ion\":\"co");
    private static final long HELLO = Scan.word("ion\":\"he");
    private static final int SHORTEST = 16;
    private static final int PUSH_BYTES_MAX = 512 << 10;
    private static final byte[] WELCOME = Scan.ascii("{\"confirmation\":\"Y\",\"version\":1,\"software\":\"null\"}\n");
    private static final byte[] DONE = Scan.ascii("{\"confirmation\":\"Y\"}\n");
    private static final byte[] PUBLISHED = Scan.ascii("{\"confirmation\":\"Y\",\"message\":1000000001}\n");
    private static final byte[] PUBLISHED_BATCH = Scan.ascii("{\"confirmation\":\"Y\",\"first\":1000000001,\"count\":");
    private static final byte[] ACKED = Scan.ascii("{\"confirmation\":\"Y\",\"acked\":");
    private static final byte[] CONSUMING = Scan.ascii("{\"confirmation\":\"Y\",\"consumer\":");
    private static final byte[] CONFIGURED = Scan.ascii("{\"confirmation\":\"Y\",\"capacity\":1000000}\n");
    private static final byte[] TAKEN = Scan.ascii("{\"confirmation\":\"Y\",\"messages\":[");
    private static final byte[] TAKEN_WITH_ID = Scan.ascii(",\"confirmation\":\"Y\",\"messages\":[");
    private static final byte[] END = Scan.ascii("}\n");
    private static final byte[] END_OF_MESSAGES = Scan.ascii("]}\n");
    private static final Pattern VALUE = Pattern.compile("\"(text|payload)\":\"([^\"]*)\"");
    private static final Pattern MAX = Pattern.compile("\"max\":(\\d+)");
    private static final Pattern QUEUE = Pattern.compile("\"queue\":\"([^\"]*)\"");

    private final Stamps stamps;
    private final byte[] confirmation;
    private final Deque<Long> waitingTakes = new ArrayDeque<>();
    private int publishLength;
    private int stampAt;
    private int stampStride;
    private int batch;
    private int unsettled;
    private int consumers;
    private int takeMax;
    private byte[] push;

    NullGmq(final Stamps stamps) {
        this.stamps = stamps;
        confirmation = PUBLISHED;
    }

    @Override
    int read(final DirectBuffer in, final int from, final int to) {
        int at = from;
        while (to - at >= SHORTEST) {
            if (to - at >= publishLength && publishLength > 0 && Scan.word(in, at + 8) == PUBLISH && Scan.word(in, at) == FIRST) {
                if (in.getByte(at + publishLength - 1) != '\n') {
                    throw new LoadException("a frame of another length has come");
                }
                published(in, at);
                at += publishLength;
                continue;
            }
            final int end = Scan.indexOfLf(in, at + SHORTEST - 1, to);
            if (end == to) {
                break;
            }
            onFrame(in, at, end + 1);
            at = end + 1;
        }
        return at;
    }

    private void published(final DirectBuffer in, final int at) {
        for (int i = 0; i < batch; i++) {
            stamps.add(in, at + stampAt + i * stampStride);
        }
        if (batch == 1) {
            out().put(confirmation);
        } else {
            out().put(PUBLISHED_BATCH).putNumber(batch).put(END);
        }
    }

    private void onFrame(final DirectBuffer in, final int at, final int end) {
        if (Scan.word(in, at) != FIRST) {
            take(Scan.number(in, at + 6, end), in, at, end);
            return;
        }
        final long kind = Scan.word(in, at + 8);
        if (kind == PUBLISH) {
            learn(in.getStringWithoutLengthAscii(at, end - at));
            published(in, at);
        } else if (kind == ACK) {
            final int count = takeMax == 1 ? 1 : unsettled;
            unsettled -= count;
            out().put(ACKED).putNumber(count).put(END);
        } else if (kind == TAKE) {
            take(-1, in, at, end);
        } else if (kind == CONSUME && in.getByte(at + 17) == 'f') {
            out().put(CONFIGURED);
        } else if (kind == CONSUME) {
            consumers++;
            out().put(CONSUMING).putNumber(consumers).put(END);
            if (push == null) {
                push = Scan.ascii("{\"consumer\":1,\"queue\":\"" + first(QUEUE, in.getStringWithoutLengthAscii(at, end - at)) + "\",\"messages\":[");
            }
        } else {
            out().put(kind == HELLO ? WELCOME : DONE);
        }
    }

    private static String first(final Pattern pattern, final String text) {
        final Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new LoadException("not understood: " + text);
        }
        return matcher.group(1);
    }

    private void learn(final String frame) {
        final Matcher value = VALUE.matcher(frame);
        batch = 0;
        while (value.find()) {
            if (batch == 0) {
                stampAt = value.start(2);
            } else if (batch == 1) {
                stampStride = value.start(2) - stampAt;
            }
            batch++;
            if (!stamps.hasTemplate()) {
                final String begin = "{\"message\":1000000001,\"" + value.group(1) + "\":\"";
                stamps.stampChars(Stamp.charsIn(value.group(2).length()));
                stamps.template(Scan.ascii(begin + value.group(2) + "\"},"), begin.length());
            }
        }
        publishLength = frame.length();
    }

    private void take(final long id, final DirectBuffer in, final int at, final int end) {
        if (takeMax == 0) {
            takeMax = Integer.parseInt(first(MAX, in.getStringWithoutLengthAscii(at, end - at)));
        }
        waitingTakes.add(id);
    }

    @Override
    void handOut() {
        while (!waitingTakes.isEmpty() && stamps.size() > 0) {
            final long id = waitingTakes.remove();
            if (id < 0) {
                out().put(TAKEN);
            } else {
                out().put(Scan.ascii("{\"id\":" + id)).put(TAKEN_WITH_ID);
            }
            messages(Math.min(takeMax, stamps.size()));
        }
        while (push != null && stamps.size() > 0 && out().length() < PUSH_BYTES_MAX) {
            out().put(push);
            messages(Math.min(stamps.size(), Math.max(1, PUSH_BYTES_MAX / stamps.stride())));
        }
    }

    private void messages(final int count) {
        stamps.write(out(), count);
        // In the place of the last comma.
        out().advance(-1);
        out().put(END_OF_MESSAGES);
        unsettled += count;
    }
}
