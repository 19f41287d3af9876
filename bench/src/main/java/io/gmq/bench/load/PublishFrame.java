package io.gmq.bench.load;

/**
 * A frame that is sent over and over.
 *
 * @param bytes       all of it, filled in as for the first queue.
 * @param batch       messages in it; one confirmation covers them all.
 * @param stampAt     where the first message's stamp begins.
 * @param stampStride bytes from one message's stamp to the next.
 * @param stampChars  how much of the stamp has room: {@link Stamp#CHARS}, {@link Stamp#SEQUENCE_CHARS} or none.
 * @param queueAt     where the last 8 bytes of the queue's name are, or -1 where there is one queue only.
 */
public record PublishFrame(byte[] bytes, int batch, int stampAt, int stampStride, int stampChars, int queueAt) {
}
