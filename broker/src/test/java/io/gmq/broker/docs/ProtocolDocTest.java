package io.gmq.broker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays the examples of docs/protocol.md, in the notation that is explained at its beginning. */
class ProtocolDocTest {
    private static final String REQUEST = "→ ";
    private static final String REPLY = "← ";
    private static final String ONE_SHOT_REQUEST = "⇒ ";
    private static final String ONE_SHOT_REPLY = "⇐ ";
    private static final String SOME_DIGITS = "…";

    @Test
    void shouldAnswerAsTheProtocolsDocumentShows(@TempDir final Path data) throws IOException {
        final List<Document.Block> examples = Document.read("docs/protocol.md").blocks("gmq");
        assertThat(examples).hasSizeGreaterThan(10);
        try (DocumentedBroker broker = new DocumentedBroker(data)) {
            for (final Document.Block example : examples) {
                final String place = "docs/protocol.md, box at line " + example.line();
                if (example.lines().get(0).startsWith(ONE_SHOT_REQUEST)) {
                    playOneShot(broker, example, place);
                } else {
                    playLines(broker, example, place);
                }
            }
        }
    }

    private static void playOneShot(final DocumentedBroker broker, final Document.Block example, final String place) throws IOException {
        assertThat(example.lines()).as(place).hasSize(2);
        final String request = example.lines().get(0).substring(ONE_SHOT_REQUEST.length());
        final String reply = example.lines().get(1);
        assertThat(reply).as(place).startsWith(ONE_SHOT_REPLY);
        assertThat(broker.exchange(request.getBytes(StandardCharsets.UTF_8))).as(place)
            .matches(pattern(reply.substring(ONE_SHOT_REPLY.length())));
    }

    private static void playLines(final DocumentedBroker broker, final Document.Block example, final String place) throws IOException {
        try (Socket socket = broker.connect()) {
            final BufferedReader replies = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            final List<String> requests = new ArrayList<>();
            for (final String line : example.lines()) {
                if (line.startsWith(REQUEST)) {
                    requests.add(line.substring(REQUEST.length()));
                } else {
                    assertThat(line).as(place).startsWith(REPLY);
                    send(socket, requests);
                    assertThat(replies.readLine()).as(place).matches(pattern(line.substring(REPLY.length())));
                }
            }
            assertThat(requests).as(place + ": requests without reply").isEmpty();
            socket.shutdownOutput();
            assertThat(replies.readLine()).as(place + ": more than it shows").isNull();
        }
    }

    private static void send(final Socket socket, final List<String> requests) throws IOException {
        if (!requests.isEmpty()) {
            socket.getOutputStream().write((String.join("\n", requests) + "\n").getBytes(StandardCharsets.UTF_8));
            requests.clear();
        }
    }

    private static Pattern pattern(final String reply) {
        return Pattern.compile(Arrays.stream(reply.split(SOME_DIGITS, -1)).map(Pattern::quote).collect(Collectors.joining("[0-9]+")));
    }
}
