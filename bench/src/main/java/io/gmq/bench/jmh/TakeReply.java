package io.gmq.bench.jmh;

import com.dslplatform.json.CompiledJson;
import com.dslplatform.json.JsonAttribute;
import java.util.List;

/** A reply with messages as data binding wants it: plain objects, for which DSL-JSON makes the code that writes them. */
@CompiledJson
public final class TakeReply {
    @JsonAttribute(index = 1)
    public String confirmation = "Y";
    @JsonAttribute(index = 2)
    public List<Taken> messages;

    /** One message, with {@code payload} or {@code text}. */
    @CompiledJson
    public static final class Taken {
        @JsonAttribute(index = 1)
        public long message;
        @JsonAttribute(index = 2)
        public byte[] payload;
        @JsonAttribute(index = 3)
        public String text;
    }
}
