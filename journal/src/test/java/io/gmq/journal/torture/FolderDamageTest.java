package io.gmq.journal.torture;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link FolderDamage}. */
class FolderDamageTest {
    @TempDir(factory = FastFolder.class)
    private Path temp;

    @Test
    void shouldLoseNothingSilentlyWhateverIsDoneToItsFolder() throws IOException {
        System.out.println(new FolderDamage(temp, Long.getLong("gmq.seed", System.nanoTime())).run(1, Long.MAX_VALUE, System.out));
    }
}
