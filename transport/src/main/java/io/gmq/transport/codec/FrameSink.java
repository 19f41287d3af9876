package io.gmq.transport.codec;

import io.gmq.engine.api.ReplyTo;

/** Takes the frames that an encoder has finished. An array is the encoder's and valid during the call; a frame's LF is in it. */
public interface FrameSink {
    /** The reply to a request. */
    void onReply(ReplyTo to, byte[] bytes, int length);

    /** The reply to a publish that has succeeded; it also speaks for those that were not answered before. */
    void onPublished(ReplyTo to, byte[] bytes, int length);

    /** A publish has succeeded that is not answered by itself. */
    void onQuiet(ReplyTo to);

    /**
     * How many publishes of that connection have succeeded unanswered since this was last asked: asked for each
     * {@link #onPublished}, just before.
     */
    long takeConfirmed(ReplyTo to);

    /**
     * A frame that answers no request.
     *
     * @param reckonedBytes what its messages are reckoned at, 0 where there are none.
     */
    void onPush(ReplyTo to, byte[] bytes, int length, long reckonedBytes);
}
