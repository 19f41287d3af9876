package io.gmq.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsyncedFilesTest {
    private final List<String> calls = new ArrayList<>();
    @TempDir
    private Path folder;
    private UnsyncedFiles unsynced;

    @BeforeEach
    void begin() {
        unsynced = new UnsyncedFiles(LocalDisk.INSTANCE, folder, 0);
    }

    @Test
    void shouldSyncOnlyWhatWasCommitted() throws IOException {
        unsynced.begin(noted("first"));
        unsynced.force();
        assertThat(calls).isEmpty();

        unsynced.onCommitted(3);
        unsynced.force();
        unsynced.force();

        assertThat(calls).containsExactly("first");
        assertThat(unsynced.synced()).isEqualTo(3);
    }

    @Test
    void shouldSyncTheFileThatARollEndedBeforeTheNext() throws IOException {
        unsynced.begin(noted("first"));
        unsynced.onCommitted(1);
        unsynced.begin(noted("second"));
        unsynced.onCommitted(2);
        unsynced.begin(noted("third"));
        unsynced.onCommitted(3);
        unsynced.force();
        assertThat(calls).containsExactly("first", "second", "third");

        unsynced.onCommitted(4);
        unsynced.force();

        assertThat(calls).containsExactly("first", "second", "third", "third");
    }

    @Test
    void shouldLetAFileGoOnceAllOfItIsOnDisk() throws IOException {
        final DiskFile first = file("first");
        unsynced.begin(first);
        unsynced.onCommitted(1);
        unsynced.begin(file("second"));
        unsynced.end(first);
        first.close();
        unsynced.onCommitted(2);

        assertThatCode(unsynced::force).doesNotThrowAnyException();
    }

    @Test
    void shouldLetAFileGoThatWasSyncedBeforeItEnded() throws IOException {
        final DiskFile first = file("first");
        unsynced.begin(first);
        unsynced.onCommitted(1);
        unsynced.force();
        unsynced.begin(file("second"));
        unsynced.end(first);
        first.close();
        unsynced.onCommitted(2);

        assertThatCode(unsynced::force).doesNotThrowAnyException();
        assertThat(unsynced.synced()).isEqualTo(2);
    }

    @Test
    void shouldFailForEverOnceItFailed() throws IOException {
        final DiskFile broken = file("broken");
        broken.close();
        unsynced.begin(broken);
        unsynced.onCommitted(1);
        assertThatThrownBy(unsynced::force).isInstanceOf(IOException.class).hasMessageStartingWith("cannot sync the journal in ")
            .hasCauseInstanceOf(ClosedChannelException.class);

        unsynced.begin(file("good"));

        assertThatThrownBy(unsynced::force).isInstanceOf(IOException.class).hasMessageContaining("a sync failed before");
        assertThat(unsynced.synced()).isZero();
    }

    private DiskFile file(final String name) throws IOException {
        return LocalDisk.INSTANCE.create(folder.resolve(name));
    }

    private DiskFile noted(final String name) {
        return (DiskFile) Proxy.newProxyInstance(DiskFile.class.getClassLoader(), new Class<?>[] {DiskFile.class}, (proxy, method, values) -> {
            calls.add(name);
            return null;
        });
    }
}
