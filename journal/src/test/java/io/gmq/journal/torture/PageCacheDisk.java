package io.gmq.journal.torture;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The real disk, and beside it a model of what would be left of it if power were lost now ({@link CachedTree}): what was forced,
 * and any of what was not. Nothing is really forced, which is what makes it fast. At each moment at which a crash could matter,
 * an onlooker is asked in, who may have an image made. One call at a time, whoever makes it.
 */
final class PageCacheDisk implements Disk {
    /** Is asked in at each moment, while everything else stands still. */
    interface Onlooker {
        void onMoment(String what) throws IOException;
    }

    private static final int WRITE_BACK_ONE_IN = 20;

    private final LocalDisk disk = LocalDisk.INSTANCE;
    private final CachedTree tree;
    private final SplittableRandom random;
    private final Onlooker onlooker;
    private boolean isLookedAt;
    /** Whether whoever uses it is dead and does not know. */
    private boolean isDetached;

    private PageCacheDisk(final CachedTree tree, final SplittableRandom random, final Onlooker onlooker) {
        this.tree = tree;
        this.random = random;
        this.onlooker = onlooker;
    }

    /** @param root all that is there is on disk. */
    PageCacheDisk(final Path root, final SplittableRandom random, final Onlooker onlooker) throws IOException {
        this(new CachedTree(root), random, onlooker);
    }

    /**
     * The process is killed: what it has written is in the page cache, and some of it on disk, as before. What is done through the
     * old object from now on is done to the old folder and does not matter.
     *
     * @param copy where the next process finds it all.
     */
    synchronized PageCacheDisk killed(final Path copy) throws IOException {
        isDetached = true;
        tree.moveTo(copy);
        return new PageCacheDisk(tree, random, onlooker);
    }

    /** Makes a folder with what would be left now, one of many possibilities. */
    synchronized void image(final Path target, final SplittableRandom chance) throws IOException {
        tree.image(target, chance);
    }

    private void moment(final String what) throws IOException {
        if (random.nextInt(WRITE_BACK_ONE_IN) == 0) {
            tree.writeBack(random);
        }
        if (!isLookedAt) {
            isLookedAt = true;
            try {
                onlooker.onMoment(what);
            } finally {
                isLookedAt = false;
            }
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private synchronized void around(final String what, final Action action, final Action note) throws IOException {
        if (isDetached) {
            action.run();
        } else {
            moment("before " + what);
            action.run();
            note.run();
            moment("after " + what);
        }
    }

    @Override
    public DiskFile create(final Path file) throws IOException {
        final List<DiskFile> made = new ArrayList<>();
        around("create", () -> made.add(disk.create(file)), () -> tree.created(file));
        return cached(made.get(0), file);
    }

    @Override
    public DiskFile open(final Path file) throws IOException {
        return cached(disk.open(file), file);
    }

    @Override
    public DiskFile read(final Path file) throws IOException {
        return cached(disk.read(file), file);
    }

    private synchronized DiskFile cached(final DiskFile file, final Path path) throws IOException {
        return isDetached ? file : new CachedFile(file, tree.file(path));
    }

    @Override
    public void createFolder(final Path folder) throws IOException {
        final List<Path> missing = new ArrayList<>();
        for (Path path = folder.toAbsolutePath(); !Files.isDirectory(path); path = path.getParent()) {
            missing.add(0, path);
        }
        for (final Path path : missing) {
            around("createFolder", () -> Files.createDirectory(path), () -> tree.created(path));
            forceFolder(path.getParent());
        }
    }

    @Override
    public void rename(final Path from, final Path to) throws IOException {
        around("rename", () -> disk.rename(from, to), () -> tree.renamed(from, to));
    }

    @Override
    public void delete(final Path path) throws IOException {
        final byte[] last = Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
        around("delete", () -> disk.delete(path), () -> tree.deleted(path, last));
    }

    @Override
    public synchronized List<Path> list(final Path folder) throws IOException {
        return disk.list(folder);
    }

    @Override
    public void forceFolder(final Path folder) throws IOException {
        around("forceFolder", () -> { }, () -> tree.forcedFolder(folder));
    }

    @Override
    public long usableBytes(final Path folder) throws IOException {
        return disk.usableBytes(folder);
    }

    private final class CachedFile implements DiskFile {
        private final DiskFile file;
        private final CachedTree.FileNode node;

        CachedFile(final DiskFile file, final CachedTree.FileNode node) {
            this.file = file;
            this.node = node;
        }

        @Override
        public int read(final ByteBuffer into, final long position) throws IOException {
            return file.read(into, position);
        }

        @Override
        public void write(final ByteBuffer from, final long position) throws IOException {
            around("write", () -> file.write(from, position), () -> { });
        }

        @Override
        public void force() throws IOException {
            around("force", () -> { }, node::forced);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void truncate(final long size) throws IOException {
            around("truncate", () -> file.truncate(size), () -> { });
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
