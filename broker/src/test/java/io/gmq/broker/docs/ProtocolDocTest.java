package io.gmq.broker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.broker.auth.Passwords;
import io.gmq.broker.auth.User;
import io.gmq.broker.auth.UsersFile;
import io.gmq.broker.conformance.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plays the examples of docs/protocol.md, in the notation that is explained at its beginning, and compares frames member by member.
 * The order of members is free but for the first ones; replies come in the order shown, and so do pushes, which may come between them.
 */
class ProtocolDocTest {
    private static final String REQUEST = "→ ";
    private static final String REPLY = "← ";
    private static final String ONE_SHOT_REQUEST = "⇒ ";
    private static final String ONE_SHOT_REPLY = "⇐ ";
    private static final String SOME_NUMBER = "…";
    /** What a number that differs from run to run is read as; the broker sends none that is negative. */
    private static final long ANY = Long.MIN_VALUE;

    @Test
    void shouldAnswerAsTheProtocolsDocumentShows(@TempDir final Path data) throws IOException {
        final List<Document.Block> examples = Document.read("docs/protocol.md").blocks("gmq");
        assertThat(examples).hasSizeGreaterThan(20);
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

    /** The examples with accounts have a broker of their own, with the user that the document tells of. */
    @Test
    void shouldLetInAsTheProtocolsDocumentShows(@TempDir final Path folder) throws IOException {
        final List<Document.Block> examples = Document.read("docs/protocol.md").blocks("gmq accounts");
        assertThat(examples).hasSizeGreaterThan(2);
        final UsersFile users = new UsersFile(folder.resolve("users"));
        final String hash = Passwords.hash("wholesale".getBytes(StandardCharsets.UTF_8));
        users.add(new User("shop", hash, List.of("orders.>"), List.of(), List.of(), false, 0));
        try (DocumentedBroker broker = new DocumentedBroker(folder.resolve("data"), "network.interface=127.0.0.1", "auth.users=" + users.path())) {
            for (final Document.Block example : examples) {
                playLines(broker, example, "docs/protocol.md, box at line " + example.line());
            }
        }
    }

    @Test
    void shouldShowEveryOperation() {
        final Collection<String> shown = new TreeSet<>();
        for (final Document.Block example : Document.read("docs/protocol.md").blocks("gmq")) {
            for (final String line : example.lines()) {
                if (line.startsWith(REQUEST + "{") || line.startsWith(ONE_SHOT_REQUEST)) {
                    shown.add(line.replaceFirst("^.*?\"operation\":\"(\\w+)\".*$", "$1"));
                }
            }
        }
        assertThat(shown).contains("publish", "take", "ack", "nack", "extend", "park", "kick", "peek", "atomic", "consume", "credit", "cancel", "bind",
            "unbind", "configure", "describe", "queues", "length", "purge", "delete", "hello", "ping", "P", "S", "L");
    }

    private static void playOneShot(final DocumentedBroker broker, final Document.Block example, final String place) throws IOException {
        assertThat(example.lines()).as(place).hasSize(2);
        final String request = example.lines().get(0).substring(ONE_SHOT_REQUEST.length());
        final String reply = example.lines().get(1);
        assertThat(reply).as(place).startsWith(ONE_SHOT_REPLY);
        assertThat(broker.exchange(request.getBytes(StandardCharsets.UTF_8))).as(place).isEqualTo(reply.substring(ONE_SHOT_REPLY.length()));
    }

    private static void playLines(final DocumentedBroker broker, final Document.Block example, final String place) throws IOException {
        try (Socket socket = broker.connect()) {
            final BufferedReader frames = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            final List<String> requests = new ArrayList<>();
            final List<String> expected = new ArrayList<>();
            final Set<Long> consumers = new HashSet<>();
            for (final String line : example.lines()) {
                if (line.startsWith(REQUEST)) {
                    compare(frames, expected, consumers, place);
                    requests.add(line.substring(REQUEST.length()));
                } else {
                    assertThat(line).as(place).startsWith(REPLY);
                    send(socket, requests);
                    expected.add(line.substring(REPLY.length()));
                }
            }
            assertThat(requests).as(place + ": requests without reply").isEmpty();
            compare(frames, expected, consumers, place);
            socket.shutdownOutput();
            assertThat(frames.readLine()).as(place + ": more than it shows").isNull();
        }
    }

    private static void send(final Socket socket, final List<String> requests) throws IOException {
        if (!requests.isEmpty()) {
            socket.getOutputStream().write((String.join("\n", requests) + "\n").getBytes(StandardCharsets.UTF_8));
            requests.clear();
        }
    }

    /** Reads as many frames as are expected. */
    private static void compare(final BufferedReader frames, final List<String> expected, final Set<Long> consumers, final String place)
        throws IOException {
        final List<Reply> shown = new ArrayList<>();
        final List<Reply> came = new ArrayList<>();
        for (final String line : expected) {
            shown.add(Reply.of(line.replace(SOME_NUMBER, Long.toString(ANY))));
            final String frame = frames.readLine();
            assertThat(frame).as(place + ": the connection ends before " + line).isNotNull();
            came.add(Reply.of(frame));
            checkPlace(came.get(came.size() - 1), consumers, place);
        }
        expected.clear();
        compare(shown, came, true, place);
        compare(shown, came, false, place);
    }

    /** A push must not come before the reply that tells its consumer's number. */
    private static void checkPlace(final Reply frame, final Set<Long> consumers, final String place) {
        if (frame.has("confirmation")) {
            if (frame.has("consumer")) {
                consumers.add(frame.number("consumer"));
            }
        } else {
            assertThat(consumers).as("%s, consumers when %s came", place, frame).contains(frame.number("consumer"));
        }
    }

    private static void compare(final List<Reply> shown, final List<Reply> came, final boolean replies, final String place) {
        final List<Reply> left = shown.stream().filter(frame -> frame.has("confirmation") == replies).toList();
        final List<Reply> right = came.stream().filter(frame -> frame.has("confirmation") == replies).toList();
        assertThat(right).as(place + (replies ? ", replies" : ", pushes")).hasSameSizeAs(left);
        for (int i = 0; i < left.size(); i++) {
            final Reply frame = right.get(i);
            assertThat(isSame(left.get(i).members(), frame.members())).as("%s%nshown %s%ncame  %s", place, left.get(i), frame).isTrue();
            assertThat(firstMembers(frame)).as("%s, first members of %s", place, frame).isEqualTo(firstMembers(left.get(i)));
        }
    }

    /** What has its place in the order of members: {@code id} and {@code confirmation}, or {@code consumer}. */
    private static List<String> firstMembers(final Reply frame) {
        return frame.members().keySet().stream().limit(frame.has("id") ? 2 : 1).toList();
    }

    private static boolean isSame(final Object shown, final Object came) {
        if (shown instanceof Map<?, ?> left && came instanceof Map<?, ?> right) {
            return left.keySet().equals(right.keySet()) && left.keySet().stream().allMatch(member -> isSame(left.get(member), right.get(member)));
        }
        if (shown instanceof List<?> left && came instanceof List<?> right) {
            return left.size() == right.size() && allSame(left, right);
        }
        return shown.equals(ANY) ? came instanceof Long : shown.equals(came);
    }

    private static boolean allSame(final List<?> shown, final List<?> came) {
        for (int i = 0; i < shown.size(); i++) {
            if (!isSame(shown.get(i), came.get(i))) {
                return false;
            }
        }
        return true;
    }
}
