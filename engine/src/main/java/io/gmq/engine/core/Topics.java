package io.gmq.engine.core;

import io.gmq.engine.api.Limits;
import java.util.Arrays;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Which queues are bound to which topics: a tree over the words of topics. To publish walks down the words of its topic, at each
 * node along the word and along "any word", and so touches only what matches so far; each node is met at most once. The nodes
 * are found in one table, by parent and word.
 */
final class Topics {
    private static final byte ANY_WORD = '*';
    private static final byte ANY_REST = '>';
    private static final byte DOT = '.';
    private static final int SLOT_BITS = 21;
    private static final UnsafeBuffer ANY = new UnsafeBuffer(new byte[] {ANY_WORD});
    private static final long ANY_HASH = QueueTable.hash(ANY, 0, 1);

    private final TopicNode root = new TopicNode(null, 1, new byte[0]);
    private final Long2ObjectHashMap<TopicNode> nodes = new Long2ObjectHashMap<>();
    private final QueueTable queues;
    private long[] matched = new long[16];
    private int matchedCount;
    private long matching;
    private int met;
    private int words;
    private int size;

    private DirectBuffer topic;
    private int topicEnd;

    Topics(final QueueTable queues) {
        this.queues = queues;
    }

    /** Whether one more topic can be bound. */
    boolean hasRoom(final DirectBuffer buffer, final int offset, final int length) {
        int needed = 1;
        for (int i = 0; i < length; i++) {
            needed += buffer.getByte(offset + i) == DOT ? 1 : 0;
        }
        return size < Limits.BINDINGS_MAX && words + needed <= Limits.TOPIC_WORDS_MAX;
    }

    int size() {
        return size;
    }

    /** The binding of a queue to a topic, or {@code null}: it stands in two lists, and is searched in both at once. */
    Binding find(final MessageQueue queue, final DirectBuffer buffer, final int offset, final int length) {
        final TopicNode node = node(buffer, offset, length, false);
        final boolean isTail = isTail(buffer, offset, length);
        Binding ofNode = node == null ? null : node.first(isTail);
        Binding ofQueue = queue.firstBinding;
        while (ofNode != null && ofQueue != null) {
            if (ofNode.queue == queue) {
                return ofNode;
            }
            if (ofQueue.node == node && ofQueue.isTail == isTail) {
                return ofQueue;
            }
            ofNode = ofNode.nodeNext;
            ofQueue = ofQueue.queueNext;
        }
        return null;
    }

    /** Binds a queue that is not bound to that topic yet; there must be room. */
    void bind(final MessageQueue queue, final DirectBuffer buffer, final int offset, final int length) {
        final Binding binding = new Binding(node(buffer, offset, length, true), isTail(buffer, offset, length), queue);
        binding.node.add(binding);
        binding.queueNext = queue.firstBinding;
        if (queue.firstBinding != null) {
            queue.firstBinding.queuePrev = binding;
        }
        queue.firstBinding = binding;
        size++;
    }

    void unbind(final Binding binding) {
        binding.node.remove(binding);
        prune(binding.node);
        if (binding.queuePrev == null) {
            binding.queue.firstBinding = binding.queueNext;
        } else {
            binding.queuePrev.queueNext = binding.queueNext;
        }
        if (binding.queueNext != null) {
            binding.queueNext.queuePrev = binding.queuePrev;
        }
        size--;
    }

    private static boolean isTail(final DirectBuffer buffer, final int offset, final int length) {
        return buffer.getByte(offset + length - 1) == ANY_REST && (length == 1 || buffer.getByte(offset + length - 2) == DOT);
    }

    private TopicNode node(final DirectBuffer buffer, final int offset, final int length, final boolean isMade) {
        final int end = offset + length - (isTail(buffer, offset, length) ? 2 : 0);
        TopicNode node = root;
        int at = offset;
        while (at < end && node != null) {
            final int wordEnd = wordEnd(buffer, at, end);
            final TopicNode child = child(node, buffer, at, wordEnd - at);
            node = child == null && isMade ? addChild(node, buffer, at, wordEnd - at) : child;
            at = wordEnd + 1;
        }
        return node;
    }

    private TopicNode child(final TopicNode parent, final DirectBuffer buffer, final int offset, final int length) {
        return child(parent, QueueTable.hash(buffer, offset, length), buffer, offset, length);
    }

    private TopicNode child(
        final TopicNode parent, final long wordHash, final DirectBuffer buffer, final int offset, final int length) {
        if (parent.children == 0) {
            return null;
        }
        TopicNode child = nodes.get(Digest.chain(parent.hash, wordHash));
        while (child != null && !child.is(parent, buffer, offset, length)) {
            child = child.sameHash;
        }
        return child;
    }

    private TopicNode addChild(final TopicNode parent, final DirectBuffer buffer, final int offset, final int length) {
        final byte[] word = new byte[length];
        buffer.getBytes(offset, word);
        final TopicNode child = new TopicNode(parent, Digest.chain(parent.hash, QueueTable.hash(buffer, offset, length)), word);
        child.sameHash = nodes.put(child.hash, child);
        parent.children++;
        words++;
        return child;
    }

    /** Takes nodes that lead nowhere any more out of the tree, from one up. */
    private void prune(final TopicNode from) {
        TopicNode node = from;
        while (node != root && node.isEmpty()) {
            TopicNode other = nodes.remove(node.hash);
            while (other != null) {
                final TopicNode next = other.sameHash;
                if (other != node) {
                    other.sameHash = nodes.put(other.hash, other);
                }
                other = next;
            }
            words--;
            node = node.parent;
            node.children--;
        }
    }

    private static int wordEnd(final DirectBuffer buffer, final int from, final int end) {
        int at = from;
        while (at < end && buffer.getByte(at) != DOT) {
            at++;
        }
        return at;
    }

    /** Finds the queues that a publish to a topic reaches, each once, in the order in which they were created; says how many. */
    int match(final DirectBuffer buffer, final int offset, final int length) {
        topic = buffer;
        topicEnd = offset + length;
        matchedCount = 0;
        met = 0;
        matching++;
        match(root, offset);
        Arrays.sort(matched, 0, matchedCount);
        return matchedCount;
    }

    /** Words and bindings that {@link #match} has met; it goes no further than a little beyond {@link Limits#MET_MAX}. */
    int met() {
        return met;
    }

    /** One of those that {@link #match} has found. */
    MessageQueue matched(final int i) {
        return queues.get((int) matched[i] & (1 << SLOT_BITS) - 1);
    }

    private void match(final TopicNode node, final int at) {
        if (++met > Limits.MET_MAX) {
            return;
        }
        if (at > topicEnd) {
            reach(node.exact);
            return;
        }
        reach(node.tail);
        final int wordEnd = wordEnd(topic, at, topicEnd);
        final TopicNode child = child(node, topic, at, wordEnd - at);
        if (child != null) {
            match(child, wordEnd + 1);
        }
        final TopicNode anyWord = child(node, ANY_HASH, ANY, 0, 1);
        if (anyWord != null) {
            match(anyWord, wordEnd + 1);
        }
    }

    private void reach(final Binding first) {
        for (Binding binding = first; binding != null && met <= Limits.MET_MAX; binding = binding.nodeNext) {
            met++;
            final MessageQueue queue = binding.queue;
            if (queue.matchedBy != matching && !queue.isDead()) {
                queue.matchedBy = matching;
                if (matchedCount == matched.length) {
                    matched = Arrays.copyOf(matched, matchedCount * 2);
                }
                matched[matchedCount++] = queue.number << SLOT_BITS | queue.slot;
            }
        }
    }

    /** What a queue is bound to, whatever the order. */
    static long digest(final MessageQueue queue) {
        long sum = 0;
        for (Binding binding = queue.firstBinding; binding != null; binding = binding.queueNext) {
            sum += Digest.mix(Digest.chain(binding.node.hash, binding.isTail ? 1 : 0));
        }
        return sum;
    }
}
