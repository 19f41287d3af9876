package io.gmq.journal.chronicle;

import io.gmq.journal.torture.FastFolder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EveryDamageTest {
    private static final long SEED = 4884;
    /** No divisor of 8 or of a page: so each bit of a byte has its turn. */
    private static final int STEP = 13;

    @TempDir(factory = FastFolder.class)
    private Path temp;

    @Test
    void shouldNoticeEveryFlippedBitOfWhatWasClosed() throws IOException {
        System.out.println("closed: " + EveryDamage.closed(temp, SEED).flipEveryBit(STEP));
    }

    @Test
    void shouldNoticeEveryFlippedBitOfWhatWasSynced() throws IOException {
        System.out.println("killed: " + EveryDamage.killed(temp, SEED, true).flipEveryBit(STEP));
    }

    @Test
    void shouldDropATornEndFromEveryByteOn() throws IOException {
        System.out.println("torn: " + EveryDamage.killed(temp, SEED, false).tearAtEveryByte(SEED));
    }
}
