package io.gmq.compare.peer;

import java.util.List;
import java.util.Map;

/**
 * How to start a server.
 *
 * @param before      commands that are run first, one after the other.
 * @param command     the server, in the foreground.
 * @param environment beyond what this process has.
 */
public record Launch(List<List<String>> before, List<String> command, Map<String, String> environment) {
    static Launch of(final String... command) {
        return new Launch(List.of(), List.of(command), Map.of());
    }
}
