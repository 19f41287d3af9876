package io.gmq.broker.cli;

import io.gmq.client.GmqClient;
import io.gmq.client.QueueInfo;
import io.gmq.client.QueuePage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/** Reads the list of queues, page by page. */
final class AllQueues {
    private static final int PAGE_MAX = 1000;

    private AllQueues() {
    }

    /** Those whose names begin with the prefix; {@code progress} hears how many have been read, after each page. */
    static List<QueueInfo> read(final GmqClient client, final String prefix, final IntConsumer progress) {
        QueuePage page = client.queues(prefix, "", PAGE_MAX).join();
        final List<QueueInfo> queues = new ArrayList<>(page.queues());
        while (page.more() && !page.queues().isEmpty()) {
            progress.accept(queues.size());
            page = client.queues(prefix, queues.get(queues.size() - 1).name(), PAGE_MAX).join();
            queues.addAll(page.queues());
        }
        return queues;
    }
}
