package io.gmq.compare.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfirmedTagsTest {
    /** Against a set of all tags, with confirms of every kind in any order, also of tags confirmed before. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void shouldCountEachTagOnce(final long seed) {
        final Random random = new Random(seed);
        final ConfirmedTags tags = new ConfirmedTags();
        final Set<Long> all = new HashSet<>();
        for (int i = 0; i < 5_000; i++) {
            final long tag = 1 + i / 2 + random.nextInt(8);
            final boolean multiple = random.nextInt(6) == 0;
            final int before = all.size();
            for (long one = multiple ? 1 : tag; one <= tag; one++) {
                all.add(one);
            }
            assertThat(tags.confirm(tag, multiple)).as("seed %d, step %d", seed, i).isEqualTo(all.size() - before);
        }
    }
}
