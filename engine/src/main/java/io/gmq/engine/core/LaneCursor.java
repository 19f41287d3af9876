package io.gmq.engine.core;

/** Walks over the messages of a lane in the order of their ids and changes nothing. Reused from walk to walk. */
final class LaneCursor {
    private final MessageTable table;
    private final IndexHeap.Walk heap = new IndexHeap.Walk();
    private int listNext;
    private int heapNext;

    LaneCursor(final MessageTable table) {
        this.table = table;
    }

    void start(final Lane lane) {
        listNext = lane.listFirst();
        heap.start(lane.heap());
        heapNext = heap.next();
    }

    /** The next message, or {@link MessageTable#NONE}. */
    int next() {
        if (heapNext == MessageTable.NONE || listNext != MessageTable.NONE && table.id(listNext) < table.id(heapNext)) {
            final int message = listNext;
            if (message != MessageTable.NONE) {
                listNext = table.next(message);
            }
            return message;
        }
        final int message = heapNext;
        heapNext = heap.next();
        return message;
    }
}
