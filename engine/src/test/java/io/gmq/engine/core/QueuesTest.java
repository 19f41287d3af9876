package io.gmq.engine.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.Limits;
import io.gmq.engine.kit.EngineKit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class QueuesTest {
    private static final int PLENTY = 1 << 30;

    private final EngineKit kit = new EngineKit(new Limits(5000, 100, 100, 1000, 1 << 20, 100));

    private void create(final String... names) {
        for (final String name : names) {
            kit.publish(1, name, "x");
        }
    }

    private List<String> names(final String prefix, final String after, final int max, final int room) {
        final String listed = kit.queues(prefix, after, max, room);
        final List<String> names = new ArrayList<>();
        for (final String part : listed.split("\\[")) {
            if (part.contains(" r")) {
                names.add(part.substring(0, part.indexOf(" r")));
            }
        }
        if (listed.endsWith("more")) {
            names.add("…");
        }
        return names;
    }

    @Test
    void shouldListNamesInTheOrderOfTheirBytes() {
        create("b", "a", "\uD83D\uDE00", "\uFFFD", "Z", "ab", "ä");

        // U+FFFD sorts behind the surrogates of U+1F600 as UTF-16, and before it as UTF-8
        assertThat(names("", "", 100, PLENTY)).containsExactly("Z", "a", "ab", "b", "ä", "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void shouldListWithCounts() {
        create("a", "a", "b");
        kit.take(1, "a");

        assertThat(kit.queues("", "", 100, PLENTY)).isEqualTo("[a r1 d0 l1 p0] [b r1 d0 l0 p0]");
    }

    @Test
    void shouldListThoseWithAPrefix() {
        create("a", "ab", "abc", "ac", "b");

        assertThat(names("ab", "", 100, PLENTY)).containsExactly("ab", "abc");
        assertThat(names("abcd", "", 100, PLENTY)).isEmpty();
        assertThat(names("zz", "", 100, PLENTY)).isEmpty();
    }

    @Test
    void shouldGoOnBehindAName() {
        create("a", "ab", "abc", "ac", "b");

        assertThat(names("", "ab", 100, PLENTY)).containsExactly("abc", "ac", "b");
        assertThat(names("", "abb", 100, PLENTY)).as("one that does not exist").containsExactly("abc", "ac", "b");
        assertThat(names("ab", "ab", 100, PLENTY)).containsExactly("abc");
        assertThat(names("ab", "aa", 100, PLENTY)).as("before the prefix").containsExactly("ab", "abc");
        assertThat(names("ab", "b", 100, PLENTY)).as("behind the prefix").isEmpty();
    }

    @Test
    void shouldSayWhenThereAreMore() {
        create("a", "ab", "abc", "b");

        assertThat(names("", "", 3, PLENTY)).containsExactly("a", "ab", "abc", "…");
        assertThat(names("", "", 4, PLENTY)).containsExactly("a", "ab", "abc", "b");
        assertThat(names("a", "", 3, PLENTY)).as("no more with that prefix").containsExactly("a", "ab", "abc");
    }

    @Test
    void shouldListFewerRatherThanMoreBytes() {
        create("a", "b", "c");

        // a name of one byte costs 480 + 2
        assertThat(names("", "", 9, 963)).containsExactly("a", "…");
        assertThat(names("", "", 9, 964)).containsExactly("a", "b", "…");
        assertThat(names("", "", 9, 0)).as("at least one").containsExactly("a", "…");
    }

    @Test
    void shouldComeThroughAllPagesOnce() {
        final SplittableRandom random = new SplittableRandom(5);
        final String[] names = new String[3000];
        for (int i = 0; i < names.length; i++) {
            names[i] = Integer.toString(i, 36) + "/" + random.nextInt(10) + "ö".repeat(random.nextInt(3));
        }
        create(names);
        Arrays.sort(names, (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)));

        final List<String> listed = new ArrayList<>();
        List<String> page = names("", "", 77, PLENTY);
        while (page.get(page.size() - 1).equals("…")) {
            listed.addAll(page.subList(0, page.size() - 1));
            page = names("", listed.get(listed.size() - 1), 77, PLENTY);
        }
        listed.addAll(page);
        assertThat(listed).containsExactly(names);
    }

    @Test
    void shouldTellNamesOfTheGreatestLengthApart() {
        final String long1 = "n".repeat(254) + "1";
        final String long2 = "n".repeat(254) + "2";
        create(long1, long2, long1);

        assertThat(kit.length(long1)).isEqualTo("r2 d0 l0 p0");
        assertThat(names("n", long1, 9, PLENTY)).containsExactly(long2);
    }
}
