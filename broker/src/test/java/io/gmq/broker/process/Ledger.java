package io.gmq.broker.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.conformance.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the outside knows of one queue: what must be in it, what must not, and what nobody can know because its reply never
 * came. Used by many threads while the broker lives, checked by one after it died.
 */
final class Ledger {
    private final Map<Long, String> present = new HashMap<>();
    private final Set<Long> gone = new HashSet<>();
    private final Set<Long> settling = new HashSet<>();
    /** Requests without a reply, by each of their texts. */
    private final Map<String, List<String>> unanswered = new HashMap<>();
    private long lastId;
    private int confirmed;

    /** A request is about to be sent that publishes these. */
    synchronized void sent(final List<String> texts) {
        texts.forEach(text -> unanswered.put(text, texts));
    }

    /** Its reply has come. */
    synchronized void confirmed(final long first, final List<String> texts) {
        for (int i = 0; i < texts.size(); i++) {
            seen(first + i, texts.get(i));
            unanswered.remove(texts.get(i));
        }
        confirmed += texts.size();
    }

    /** The broker has handed out this message, so it is written. */
    synchronized void seen(final long id, final String text) {
        final String before = gone.contains(id) ? text : present.put(id, text);
        assertThat(before).as("text of message %d", id).isIn(null, text);
    }

    synchronized void settling(final List<Long> ids) {
        settling.addAll(ids);
    }

    synchronized void settled(final List<Long> ids) {
        ids.forEach(settling::remove);
        ids.forEach(present::remove);
        gone.addAll(ids);
    }

    synchronized int confirmed() {
        return confirmed;
    }

    /** Compares with all that a broker has after it was killed, and takes for true from now on what was open. */
    synchronized void check(final List<Reply> all) {
        final Map<Long, String> found = new HashMap<>();
        final Set<String> texts = new HashSet<>();
        long last = 0;
        for (final Reply message : all) {
            final long id = message.number("message");
            assertThat(id).as("order").isGreaterThan(last);
            last = id;
            found.put(id, message.string("text"));
            assertThat(texts.add(message.string("text"))).as("message %d is there twice", id).isTrue();
        }
        present.forEach((id, text) -> {
            if (!settling.contains(id)) {
                assertThat(found.get(id)).as("confirmed message %d, '%s'", id, text).isEqualTo(text);
            }
        });
        assertThat(found.keySet()).as("settled messages that came back").noneMatch(gone::contains);
        found.forEach((id, text) -> {
            if (!present.containsKey(id)) {
                assertThat(unanswered).as("message %d, which nobody published", id).containsKey(text);
                assertThat(id).as("id of a message of the last round").isGreaterThan(lastId);
            }
        });
        checkBatches(texts);
        settle(found);
    }

    /** All or none of each batch whose reply never came; what was taken from it meanwhile is known as seen. */
    private void checkBatches(final Set<String> texts) {
        final Set<String> known = new HashSet<>(present.values());
        for (final List<String> batch : new HashSet<>(unanswered.values())) {
            if (batch.stream().noneMatch(known::contains)) {
                final long there = batch.stream().filter(texts::contains).count();
                assertThat(there).as("batch %s", batch).isIn(0L, (long) batch.size());
            }
        }
    }

    private void settle(final Map<Long, String> found) {
        for (final long id : new ArrayList<>(settling)) {
            if (!found.containsKey(id)) {
                present.remove(id);
                gone.add(id);
            }
        }
        settling.clear();
        unanswered.clear();
        present.putAll(found);
        lastId = present.keySet().stream().mapToLong(Long::longValue).max().orElse(lastId);
        lastId = Math.max(lastId, gone.stream().mapToLong(Long::longValue).max().orElse(0));
    }
}
