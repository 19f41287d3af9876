package io.gmq.transport.tcp;

/** What a client may reach and is sent away, or ended, for. */
public enum Bound {
    /** There are as many connections in all as may be. */
    CONNECTIONS,
    /** There are as many connections from one address as may be. */
    CONNECTIONS_OF_ADDRESS,
    /** Client and broker do not agree on how to talk, or not in time. */
    HANDSHAKE,
    /** It has not shown in time who it is. */
    UNKNOWN,
    /** For long nothing has come, gone or been waited for. */
    IDLE,
    /** There are more unfinished frames than there is memory for. */
    UNFINISHED_FRAMES,
    /** There is more unread output than there is memory for. */
    UNREAD_OUTPUT
}
