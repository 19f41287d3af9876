package io.gmq.transport.codec;

import io.gmq.engine.api.ReplyTo;

/** Takes the frames that an encoder has finished. */
@FunctionalInterface
public interface FrameSink {
    /** One frame, its LF included; the array is the encoder's and valid during the call. */
    void onFrame(ReplyTo to, byte[] bytes, int length);
}
