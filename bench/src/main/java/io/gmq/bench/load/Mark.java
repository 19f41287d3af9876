package io.gmq.bench.load;

/**
 * How far a thread was at a moment.
 *
 * @param atNs      when, since the beginning of the run.
 * @param sent      messages given to sockets' buffers.
 * @param confirmed messages confirmed.
 * @param delivered messages delivered.
 * @param done      messages that need nothing more: settled, or what takes its place.
 * @param empty     requests that found no message.
 * @param cpuNs     processor time of the thread.
 */
record Mark(long atNs, long sent, long confirmed, long delivered, long done, long empty, long cpuNs) {
}
