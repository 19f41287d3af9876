package io.gmq.journal.chronicle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnsyncedFileTest {
    @TempDir
    private Path folder;
    private final UnsyncedFile unsynced = new UnsyncedFile();

    @Test
    void shouldSyncTheFileThatARollEndsBeforeTheNextBegins() throws IOException {
        final FileChannel broken = channel("broken");
        broken.close();
        unsynced.begin(broken);

        assertThatThrownBy(unsynced::finish).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shouldHaveNothingToSyncBetweenTwoFiles() throws IOException {
        final FileChannel first = channel("first");
        unsynced.begin(first);
        unsynced.finish();

        assertThat(first.isOpen()).isFalse();
        assertThatCode(unsynced::force).doesNotThrowAnyException();
    }

    @Test
    void shouldSyncTheNextFileAfterARoll() throws IOException {
        unsynced.begin(channel("first"));
        unsynced.finish();
        final FileChannel second = channel("second");
        unsynced.begin(second);
        unsynced.force();

        assertThat(second.isOpen()).isTrue();
        second.close();
        assertThatThrownBy(unsynced::force).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shouldFailForEverOnceItFailed() throws IOException {
        final FileChannel broken = channel("broken");
        broken.close();
        unsynced.begin(broken);
        assertThatThrownBy(unsynced::force).isInstanceOf(ClosedChannelException.class);

        unsynced.begin(channel("good"));

        assertThatThrownBy(unsynced::force).isInstanceOf(IOException.class).hasMessageContaining("a sync failed before");
        unsynced.close();
    }

    private FileChannel channel(final String name) throws IOException {
        return FileChannel.open(folder.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
}
