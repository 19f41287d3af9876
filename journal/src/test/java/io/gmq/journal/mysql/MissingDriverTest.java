package io.gmq.journal.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MissingDriverTest {
    private static final List<Path> CLASS_PATH =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator)).map(Path::of).toList();

    private static boolean isDriver(final Path path) {
        return path.getFileName().toString().startsWith("mysql-connector-j");
    }

    private static URL url(final Path path) {
        try {
            return path.toUri().toURL();
        } catch (final MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void shouldNameTheFileThatTheBuildTakes() {
        assertThat(CLASS_PATH.stream().filter(MissingDriverTest::isDriver).map(path -> path.getFileName().toString()))
            .containsExactly(Database.DRIVER_FILE);
    }

    @Test
    void shouldSayWhichFileIsMissingAndWhereItGoes() throws Exception {
        final URL[] without = CLASS_PATH.stream().filter(path -> !isDriver(path)).map(MissingDriverTest::url).toArray(URL[]::new);
        try (URLClassLoader loader = new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
            assertThat(loader.loadClass(Attempt.class.getName()).getConstructor().newInstance()).hasToString(
                "io.gmq.journal.JournalException: there is no driver for MySQL: put the file " + Database.DRIVER_FILE
                    + " into the folder lib beside gmq.jar, and start again");
        }
    }

    /** What comes of connecting, as text, since it is of another class loader's type. */
    public static final class Attempt {
        private final String outcome;

        public Attempt() {
            this.outcome = outcome();
        }

        private static String outcome() {
            try {
                new Database(DatabaseAddress.parse("gmq:hush@(127.0.0.1:1)/q"), 1000).connect().close();
                return "connected";
            } catch (final Exception e) {
                return e.toString();
            }
        }

        @Override
        public String toString() {
            return outcome;
        }
    }
}
