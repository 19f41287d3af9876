package io.gmq.journal.mysql;

import io.gmq.journal.JournalException;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Snapshots as rows: a row for the name, and one for each piece that was written. All folders are one. What is written is stored
 * when the call returns, so there is nothing to be forced. Belongs to the thread of the {@link TableAccess}.
 */
final class TableFiles implements FileStorage {
    private static final int DELETED_AT_ONCE = 16;

    private final TableAccess tables;

    TableFiles(final TableAccess tables) {
        this.tables = tables;
    }

    /** Deletes the pieces of files whose names are gone. */
    void clear() throws IOException {
        final List<Long> orphans = tables.read(connection -> Sql.query(connection,
            "SELECT DISTINCT snapshot FROM gmq_snapshot_part WHERE snapshot NOT IN (SELECT id FROM gmq_snapshot)", rows -> {
                final List<Long> ids = new ArrayList<>();
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
                return ids;
            }));
        for (final long orphan : orphans) {
            deletePieces(orphan);
        }
    }

    @Override
    public DiskFile create(final Path file) throws IOException {
        return new TableFile(tables.change(connection -> {
            Sql.update(connection, "INSERT INTO gmq_snapshot (name) VALUES (?)", name(file));
            return Sql.number(connection, "SELECT LAST_INSERT_ID()");
        }));
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        return read(file);
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        final long id = asked(connection -> id(connection, file));
        if (id < 0) {
            throw new NoSuchFileException(file.toString());
        }
        return new TableFile(id);
    }

    private static long id(final Connection connection, final Path file) throws SQLException {
        return Sql.number(connection, "SELECT COALESCE(MAX(id), -1) FROM gmq_snapshot WHERE name = ?", name(file));
    }

    private static String name(final Path file) {
        return file.getFileName().toString();
    }

    @Override
    public void createFolder(final Path folder) {
        // there is one
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        final long renamed =
            tables.change(connection -> Sql.update(connection, "UPDATE gmq_snapshot SET name = ? WHERE name = ?", name(to), name(from)));
        if (renamed == 0) {
            throw new NoSuchFileException(from.toString());
        }
    }

    /** The name first: what is interrupted behind that is cleared away at the next start. */
    @Override
    public void delete(final Path path) throws IOException {
        final long id = tables.read(connection -> id(connection, path));
        if (id >= 0) {
            tables.change(connection -> Sql.update(connection, "DELETE FROM gmq_snapshot WHERE id = ?", id));
            deletePieces(id);
        }
    }

    private void deletePieces(final long id) throws IOException {
        long deleted = DELETED_AT_ONCE;
        while (deleted == DELETED_AT_ONCE) {
            deleted = tables.change(connection ->
                Sql.update(connection, "DELETE FROM gmq_snapshot_part WHERE snapshot = ? ORDER BY position LIMIT " + DELETED_AT_ONCE, id));
        }
    }

    @Override
    public List<Path> list(final Path folder) throws IOException {
        return tables.read(connection -> Sql.query(connection, "SELECT name FROM gmq_snapshot ORDER BY name", rows -> {
            final List<Path> files = new ArrayList<>();
            while (rows.next()) {
                files.add(folder.resolve(rows.getString(1)));
            }
            return files;
        }));
    }

    @Override
    public void forceFolder(final Path folder) {
        // names are stored when they are given
    }

    /** That nobody answers must not be taken for damage. */
    private <T> T asked(final TableAccess.Work<T> work) {
        try {
            return tables.read(work);
        } catch (final IOException e) {
            throw new JournalException("cannot read a snapshot in the database: " + e.getMessage() + "; start again when it answers", e);
        }
    }

    /** One of them. It keeps the piece that it has read last. */
    private final class TableFile implements DiskFile {
        private final long id;
        private byte[] piece = {};
        private long piecePosition;

        private TableFile(final long id) {
            this.id = id;
        }

        @Override
        public int read(final ByteBuffer into, final long position) {
            if (position < piecePosition || position >= piecePosition + piece.length) {
                load(position);
            }
            final int from = (int) (position - piecePosition);
            if (from >= piece.length) {
                return -1;
            }
            final int count = Math.min(into.remaining(), piece.length - from);
            into.put(piece, from, count);
            return count;
        }

        private void load(final long position) {
            asked(connection -> Sql.query(connection,
                "SELECT position, bytes FROM gmq_snapshot_part WHERE snapshot = ? AND position <= ? ORDER BY position DESC LIMIT 1", rows -> {
                    final boolean isThere = rows.next();
                    piecePosition = isThere ? rows.getLong(1) : 0;
                    piece = isThere ? rows.getBytes(2) : new byte[0];
                    return null;
                }, id, position));
        }

        @Override
        public void write(final ByteBuffer from, final long position) throws IOException {
            final byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            tables.change(connection -> insert(connection, position, bytes));
        }

        private int insert(final Connection connection, final long position, final byte[] bytes) throws SQLException {
            try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO gmq_snapshot_part (snapshot, position, bytes) VALUES (?, ?, ?)")) {
                insert.setLong(1, id);
                insert.setLong(2, position);
                insert.setBytes(3, bytes);
                return insert.executeUpdate();
            }
        }

        @Override
        public void force() {
            // stored when it was written
        }

        @Override
        public long size() {
            return asked(connection -> Sql.number(connection,
                "SELECT COALESCE((SELECT position + LENGTH(bytes) FROM gmq_snapshot_part WHERE snapshot = ? ORDER BY position DESC LIMIT 1), 0)",
                id));
        }

        @Override
        public void truncate(final long size) {
            throw new UnsupportedOperationException("snapshots are never shortened");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
