package io.gmq.bench.wire;

/**
 * What GMQ's protocol leaves open.
 *
 * @param durability the level that publishes and settlements name; empty to name none.
 * @param form       how payloads are written.
 * @param way        how messages are consumed.
 * @param takeMax    messages that a take of {@link Way#TAKE} asks for.
 * @param greeting   what each connection says first.
 */
public record GmqOptions(String durability, Form form, Way way, int takeMax, Greeting greeting) {
    /** Pushed text at the level that the broker has by default. */
    public static final GmqOptions DEFAULT = new GmqOptions("", Form.TEXT, Way.PUSH, 256);

    /** For a broker that need not know who its clients are. */
    public GmqOptions(final String durability, final Form form, final Way way, final int takeMax) {
        this(durability, form, way, takeMax, Greeting.ANONYMOUS);
    }

    /** With another greeting. */
    public GmqOptions greeting(final Greeting other) {
        return new GmqOptions(durability, form, way, takeMax, other);
    }

    /** How payloads are written. */
    public enum Form {
        /** As JSON strings. */
        TEXT("text"),
        /** In base64. */
        PAYLOAD("payload");

        private final String member;

        Form(final String member) {
            this.member = member;
        }

        /** The member that holds it. */
        public String member() {
            return member;
        }
    }

    /** How messages are consumed. */
    public enum Way {
        /** The broker pushes; what has come together is settled together. */
        PUSH,
        /** Many are taken at a time, and settled together. */
        TAKE,
        /** Each is taken and settled by requests of its own. */
        SINGLE
    }
}
