package io.gmq.broker.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The file that holds the users: one JSON object a line; lines that are blank or begin with {@code #} are for people, and stay. Only its
 * owner may read it. It is written beside itself and moved into its place, so that whoever reads it finds the old one or the new one.
 *
 * <p>Not for two writers at a time: the later one would undo what the earlier did.
 */
public final class UsersFile {
    private static final int LENGTH_MAX = 64 << 20;
    private static final List<String> HEADER = List.of(
        "# Users of GMQ, one a line; 'gmq user' changes it. Lines like this one stay.");
    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;

    /** @param path of the file, which need not be there yet. */
    public UsersFile(final Path path) {
        this.path = path;
    }

    public Path path() {
        return path;
    }

    /** Whether there is one. */
    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * Every user, in the file's order.
     *
     * @throws UsersException if it cannot be read, others may read or change it, or a line is no user.
     */
    public List<User> read() {
        return users(lines());
    }

    private List<User> users(final List<String> lines) {
        final List<User> users = new ArrayList<>();
        final Set<String> names = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            if (isUser(lines.get(i))) {
                final User user = user(lines.get(i), i + 1);
                if (!names.add(user.name())) {
                    throw new UsersException(path + ":" + (i + 1) + ": " + user + " is there twice");
                }
                users.add(user);
            }
        }
        return users;
    }

    private User user(final String line, final int number) {
        try {
            return UserJson.read(line);
        } catch (final UsersException e) {
            throw new UsersException(path + ":" + number + ": " + e.getMessage());
        }
    }

    private static boolean isUser(final String line) {
        return !line.isBlank() && !line.startsWith("#");
    }

    private List<String> lines() {
        try {
            checkOwner();
            if (Files.size(path) > LENGTH_MAX) {
                throw new UsersException("the users' file " + path + " is none: it has more than " + LENGTH_MAX + " bytes");
            }
            return Files.readAllLines(path);
        } catch (final NoSuchFileException e) {
            throw new UsersException("the users' file " + path + " does not exist; 'gmq user add' makes it");
        } catch (final AccessDeniedException e) {
            throw new UsersException("the users' file " + path + " may not be read by the user that this runs as");
        } catch (final CharacterCodingException e) {
            throw new UsersException("the users' file " + path + " is not UTF-8 text");
        } catch (final IOException e) {
            throw new UsersException("the users' file " + path + " cannot be read: " + e.getMessage());
        }
    }

    /** File systems without such permissions cannot be asked. */
    private void checkOwner() throws IOException {
        if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
            final Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            if (permissions.stream().anyMatch(permission -> !permission.name().startsWith("OWNER_"))) {
                throw new UsersException("the users' file " + path + " is open to others (" + PosixFilePermissions.toString(permissions)
                    + "); run 'chmod 600' on it");
            }
        }
    }

    /**
     * Adds a user at the end, or makes the file with it.
     *
     * @throws UsersException if there is one of that name, or the file cannot be changed.
     */
    public void add(final User user) {
        final List<String> lines = new ArrayList<>(exists() ? lines() : HEADER);
        if (place(lines, user.name()) >= 0) {
            throw new UsersException(user + " is in " + path + " already; 'gmq user passwd' gives it another password, 'gmq user rm' removes it");
        }
        lines.add(UserJson.write(user));
        write(lines);
    }

    /**
     * Puts a user in the place of the one of its name.
     *
     * @throws UsersException if there is none, or the file cannot be changed.
     */
    public void replace(final User user) {
        final List<String> lines = new ArrayList<>(lines());
        lines.set(placeOf(lines, user.name()), UserJson.write(user));
        write(lines);
    }

    /**
     * Removes a user.
     *
     * @throws UsersException if there is none, or the file cannot be changed.
     */
    public void remove(final String name) {
        final List<String> lines = new ArrayList<>(lines());
        lines.remove(placeOf(lines, name));
        write(lines);
    }

    /**
     * The user of that name.
     *
     * @throws UsersException if there is none.
     */
    public User find(final String name) {
        final List<String> lines = lines();
        return UserJson.read(lines.get(placeOf(lines, name)));
    }

    private int placeOf(final List<String> lines, final String name) {
        final int place = place(lines, name);
        if (place < 0) {
            throw new UsersException("there is no user '" + Shown.text(name) + "' in " + path + "; 'gmq user ls' lists those there are");
        }
        return place;
    }

    private int place(final List<String> lines, final String name) {
        users(lines);
        for (int i = 0; i < lines.size(); i++) {
            if (isUser(lines.get(i)) && UserJson.read(lines.get(i)).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private void write(final List<String> lines) {
        Path beside = null;
        try {
            final Path place = exists() ? path.toRealPath() : path.toAbsolutePath();
            final boolean isPosix = Files.getFileStore(place.getParent()).supportsFileAttributeView("posix");
            final FileAttribute<?>[] owners = isPosix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)} : new FileAttribute<?>[0];
            beside = Files.createTempFile(place.getParent(), "." + place.getFileName(), ".tmp", owners);
            try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                final ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(beside, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            dropQuietly(beside);
            throw new UsersException("the users' file " + path + " cannot be written: " + e);
        }
    }

    private static void dropQuietly(final Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (final IOException e) {
            // What led here is told; a file of which nothing is known but its name stays behind.
        }
    }
}
