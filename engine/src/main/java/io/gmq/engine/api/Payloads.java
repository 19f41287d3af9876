package io.gmq.engine.api;

import org.agrona.DirectBuffer;

/** Reads the bytes of messages by the handle that {@link EffectSink#message} names. */
public interface Payloads {
    /** A handle that stands for nothing. */
    long NONE = -1;

    /** Points {@code view} at a message's bytes. */
    void view(long payload, View view);

    /** A window on one message's bytes; owned and reused by the reader. */
    final class View {
        private DirectBuffer buffer;
        private int offset;
        private int payloadLength;
        private int headersLength;
        private long publishedMs;

        public void wrap(
            final DirectBuffer buffer, final int offset, final int payloadLength, final int headersLength, final long publishedMs) {
            this.buffer = buffer;
            this.offset = offset;
            this.payloadLength = payloadLength;
            this.headersLength = headersLength;
            this.publishedMs = publishedMs;
        }

        public DirectBuffer buffer() {
            return buffer;
        }

        public int payloadOffset() {
            return offset;
        }

        public int payloadLength() {
            return payloadLength;
        }

        /** Where the headers begin, in the form of {@link Headers}. */
        public int headersOffset() {
            return offset + payloadLength;
        }

        public int headersLength() {
            return headersLength;
        }

        /** When it was published, milliseconds since 1970. */
        public long publishedMs() {
            return publishedMs;
        }
    }
}
