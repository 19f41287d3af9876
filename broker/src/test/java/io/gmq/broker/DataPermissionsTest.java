package io.gmq.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataPermissionsTest {
    @TempDir
    private Path temp;

    @BeforeEach
    void needPermissions() {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    }

    @ParameterizedTest
    @CsvSource({"rwx------,''", "rwxr-x---,''", "rwxrwx---,'group write'", "rwxr-xr-x,'others read, others execute'",
        "rwx---rwx,'others read, others write, others execute'", "rwx----w-,'others write'"})
    void shouldTellWhatOthersMayDo(final String permissions, final String others) throws IOException {
        final Path folder = Files.createDirectory(temp.resolve("data"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
        assertThat(DataPermissions.ofOthers(folder)).isEqualTo(others);
    }

    @Test
    void shouldSayNothingOfWhatIsNotThere() {
        assertThat(DataPermissions.ofOthers(temp.resolve("nowhere"))).isEmpty();
    }
}
