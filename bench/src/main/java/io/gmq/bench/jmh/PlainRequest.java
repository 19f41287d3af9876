package io.gmq.bench.jmh;

/** The same as {@link PublishRequest}, but no code is generated for it: DSL-JSON looks at it when the program runs. */
public final class PlainRequest {
    public String operation;
    public String queue;
    public byte[] payload;
    public String text;
}
