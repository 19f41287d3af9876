package io.gmq.broker.torture;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short version of {@link FullDisk}. */
class FullDiskIT {
    @TempDir
    Path temp;

    @Test
    void shouldGoOnWithoutRoomOnDisk() throws IOException {
        assumeThat(MemoryMount.isPossible(temp)).as("may mount a tmpfs; without that right a full disk is not tried").isTrue();
        System.out.println(FullDisk.run(temp, Long.getLong("gmq.seed", System.nanoTime()), Budget.of(2, 60), System.out));
    }
}
