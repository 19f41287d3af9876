package io.gmq.bench.wire;

import io.gmq.bench.load.ConsumeSide;
import io.gmq.bench.load.LoadPlan;
import io.gmq.bench.load.Output;
import io.gmq.bench.load.Tally;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * Consumes: reads what is pushed, or the replies to its takes, and settles it by ranges of ids, or one by one.
 *
 * <pre>
 *   {"consumer":7,"queue":"bench-0000001","messages":[ … ]}
 *   {"confirmation":"Y","messages":[ … ]}                     with "id":N first where there are several queues
 *   {"confirmation":"Y","acked":256}
 * </pre>
 */
final class GmqConsumeSide implements ConsumeSide {
    private static final long PUSHED = Scan.word("{\"consum");
    private static final long CONFIRMED = Scan.word("{\"confir");
    private static final long OF_MESSAGES = Scan.word("\"Y\",\"mes");
    private static final long OF_ACKS = Scan.word("\"Y\",\"ack");
    private static final long OF_CONSUMER = Scan.word("\"Y\",\"con");
    private static final long OF_HELLO = Scan.word("\"Y\",\"ver");
    private static final long OF_CONFIGURE = Scan.word("\"Y\",\"cap");
    private static final int CONSUMER_AT = "{\"consumer\":".length();
    private static final int ID_AT = "{\"id\":".length();
    private static final int MESSAGES_AT = "{\"confirmation\":\"Y\",\"messages\":[".length();
    private static final int ACKED_AT = "{\"confirmation\":\"Y\",\"acked\":".length();
    private static final int CONSUMER_OF_REPLY_AT = "{\"confirmation\":\"Y\",\"consumer\":".length();
    private static final int TAKES_IN_FLIGHT = 2;
    private static final int SHORTEST = 24;

    private final GmqRequests requests;
    private final GmqMessages messages;
    private final GmqOptions.Way way;
    private final int window;
    private final int queueCount;
    /** Between a push's number and its messages. */
    private final int queuePartLength;
    private final IdRanges unsettled = new IdRanges();
    private int[] queueOfConsumer = new int[16];
    private int repliesMissing;
    private int subscribed;
    private boolean isInMessages;
    private boolean isInTail;
    private int queue;
    private long firstId = -1;
    private int lastIdAt;
    private int messagesOfReply;
    /** Takes to be sent, by queue; and those of which the answer has not come. */
    private final int[] takesDue;
    private boolean isTakeDue;
    private int takesAsked;
    private int nextQueue;

    GmqConsumeSide(final LoadPlan plan, final GmqOptions options, final List<String> queues) {
        requests = new GmqRequests(plan, options, queues);
        messages = new GmqMessages(plan, options);
        way = options.way();
        window = plan.window();
        queueCount = queues.size();
        queuePartLength = ",\"queue\":\"".length() + queues.get(0).length() + "\",\"messages\":[".length();
        repliesMissing = 1 + (way == GmqOptions.Way.TAKE ? 0 : queues.size());
        takesDue = new int[queues.size()];
        if (way == GmqOptions.Way.TAKE) {
            Arrays.fill(takesDue, TAKES_IN_FLIGHT);
            isTakeDue = true;
        }
    }

    @Override
    public byte[] opening() {
        return requests.opening();
    }

    @Override
    public boolean isOpen() {
        return repliesMissing == 0;
    }

    @Override
    public boolean isSettling() {
        return true;
    }

    @Override
    public int read(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        while (at < to) {
            final int next;
            if (isInMessages) {
                next = readMessages(in, at, to, tally);
            } else if (isInTail) {
                next = readTail(in, at, to);
            } else {
                next = readHead(in, at, to, tally);
            }
            if (next == at) {
                break;
            }
            at = next;
        }
        endRange(in);
        return at;
    }

    private int readMessages(final DirectBuffer in, final int from, final int to, final Tally tally) {
        int at = from;
        while (at < to) {
            final int next = messages.read(in, at, to, tally);
            final int idAt = messages.lastIdAt();
            if (idAt >= 0) {
                onMessage(in, idAt, to);
            }
            if (messages.isAtEnd()) {
                isInMessages = false;
                isInTail = true;
                return next;
            }
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private void onMessage(final DirectBuffer in, final int idAt, final int to) {
        messagesOfReply++;
        if (way == GmqOptions.Way.SINGLE) {
            final long id = Scan.number(in, idAt, to);
            unsettled.add(queue, id, id);
            return;
        }
        if (firstId < 0) {
            firstId = Scan.number(in, idAt, to);
        }
        lastIdAt = idAt;
    }

    /** What has been delivered until here is settled by one request. */
    private void endRange(final DirectBuffer in) {
        if (firstId >= 0) {
            unsettled.add(queue, firstId, Scan.number(in, lastIdAt, lastIdAt + 20));
            firstId = -1;
        }
    }

    private int readTail(final DirectBuffer in, final int at, final int to) {
        final int end = Scan.indexOfLf(in, at, to);
        if (end == to) {
            return at;
        }
        isInTail = false;
        return end + 1;
    }

    private int readHead(final DirectBuffer in, final int at, final int to, final Tally tally) {
        if (to - at < SHORTEST) {
            return at;
        }
        final long word = Scan.word(in, at);
        if (word == PUSHED) {
            return readPushed(in, at, to);
        }
        if (word == CONFIRMED) {
            return readReply(in, at, to, tally);
        }
        if (in.getByte(at + 2) == 'i') {
            return readTaken(in, at, to, tally);
        }
        throw Scan.unexpected("the broker says", in, at, to);
    }

    private int readPushed(final DirectBuffer in, final int at, final int to) {
        int digitsEnd = at + CONSUMER_AT;
        while (digitsEnd < to && in.getByte(digitsEnd) != ',') {
            digitsEnd++;
        }
        final int end = digitsEnd + queuePartLength;
        if (end > to) {
            return at;
        }
        if (in.getByte(end - 1) != '[') {
            throw Scan.unexpected("the broker says", in, at, to);
        }
        beginMessages(in, queueOfConsumer[(int) Scan.number(in, at + CONSUMER_AT, digitsEnd)]);
        return end;
    }

    private void beginMessages(final DirectBuffer in, final int itsQueue) {
        if (itsQueue != queue) {
            endRange(in);
            queue = itsQueue;
        }
        messages.begin();
        messagesOfReply = 0;
        isInMessages = true;
    }

    private int readTaken(final DirectBuffer in, final int at, final int to, final Tally tally) {
        int digitsEnd = at + ID_AT;
        while (digitsEnd < to && in.getByte(digitsEnd) != ',') {
            digitsEnd++;
        }
        // As in a reply without id, whose first byte is a brace instead of the comma.
        if (to - digitsEnd < MESSAGES_AT) {
            return at;
        }
        if (Scan.word(in, digitsEnd + 16) != OF_MESSAGES) {
            throw Scan.unexpected("the broker says", in, at, to);
        }
        beginMessages(in, (int) Scan.number(in, at + ID_AT, digitsEnd));
        takeAnswered(in, digitsEnd + MESSAGES_AT, to, tally);
        return digitsEnd + MESSAGES_AT;
    }

    private void takeAnswered(final DirectBuffer in, final int arrayAt, final int to, final Tally tally) {
        takesAsked--;
        if (arrayAt < to && in.getByte(arrayAt) == ']') {
            tally.empty(1);
        }
        if (way == GmqOptions.Way.TAKE) {
            takesDue[queue]++;
            isTakeDue = true;
        }
    }

    private int readReply(final DirectBuffer in, final int at, final int to, final Tally tally) {
        final long what = Scan.word(in, at + 16);
        if (what == OF_MESSAGES) {
            if (to - at <= MESSAGES_AT) {
                return at;
            }
            beginMessages(in, 0);
            takeAnswered(in, at + MESSAGES_AT, to, tally);
            return at + MESSAGES_AT;
        }
        final int end = Scan.indexOfLf(in, at + 16, to);
        if (end == to) {
            return at;
        }
        if (what == OF_ACKS) {
            tally.settled((int) Scan.number(in, at + ACKED_AT, end));
        } else if (what == OF_CONSUMER && repliesMissing > 0) {
            onConsumer((int) Scan.number(in, at + CONSUMER_OF_REPLY_AT, end));
        } else if ((what == OF_HELLO || what == OF_CONFIGURE) && repliesMissing > 0) {
            repliesMissing--;
        } else {
            throw Scan.unexpected("the broker says", in, at, to);
        }
        return end + 1;
    }

    private void onConsumer(final int number) {
        if (number >= queueOfConsumer.length) {
            queueOfConsumer = Arrays.copyOf(queueOfConsumer, 2 * number);
        }
        queueOfConsumer[number] = subscribed++;
        repliesMissing--;
    }

    @Override
    public void write(final Output out, final long available) {
        if (repliesMissing > 0) {
            return;
        }
        for (int i = 0; i < unsettled.size(); i++) {
            if (way == GmqOptions.Way.SINGLE) {
                requests.ack(out, unsettled.queue(i), unsettled.first(i));
            } else {
                requests.ack(out, unsettled.queue(i), unsettled.first(i), unsettled.last(i));
            }
        }
        unsettled.clear();
        if (isTakeDue) {
            takeAgain(out);
        }
        if (way == GmqOptions.Way.SINGLE) {
            final long wanted = Math.min(window, available);
            while (takesAsked < wanted) {
                requests.take(out, nextQueue);
                nextQueue = nextQueue + 1 == queueCount ? 0 : nextQueue + 1;
                takesAsked++;
            }
        }
    }

    private void takeAgain(final Output out) {
        for (int i = 0; i < queueCount; i++) {
            for (; takesDue[i] > 0; takesDue[i]--) {
                requests.take(out, i);
            }
        }
        isTakeDue = false;
    }
}
