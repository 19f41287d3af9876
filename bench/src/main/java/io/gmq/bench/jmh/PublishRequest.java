package io.gmq.bench.jmh;

import com.dslplatform.json.CompiledJson;

/** A request as data binding wants it: a plain object, for which DSL-JSON makes the code that reads it. */
@CompiledJson
public final class PublishRequest {
    public String operation;
    public String queue;
    public byte[] payload;
    public String text;
}
