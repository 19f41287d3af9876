package io.gmq.bench.wire;

import io.gmq.bench.report.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a connection to GMQ begins: which version it speaks, and who it is, where the broker wants to know. */
public final class Greeting {
    /** Says nothing of who it is. */
    public static final Greeting ANONYMOUS = new Greeting(Map.of());

    private final String line;

    private Greeting(final Map<String, Object> who) {
        final Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("operation", "hello");
        hello.put("version", 1);
        hello.put("name", "gmq bench");
        hello.putAll(who);
        line = Json.line(hello) + "\n";
    }

    /** Of a user of the broker. */
    public static Greeting of(final String user, final String password) {
        return new Greeting(Map.of("auth", Map.of("user", user, "password", password)));
    }

    /** Its bytes, and those of frames right behind it: they need not wait for its answer. */
    byte[] followedBy(final String frames) {
        return (line + frames).getBytes(StandardCharsets.UTF_8);
    }

    /** Without the secret in it. */
    @Override
    public String toString() {
        return "hello";
    }
}
