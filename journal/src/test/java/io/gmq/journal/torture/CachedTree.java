package io.gmq.journal.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What of a folder tree is on disk and what only in the page cache.
 *
 * <pre>
 *   file     its bytes as of the last force, and its bytes now (in the real file): of each page that differs, the disk may
 *            have the old one, the new one, or some sectors of each. The length may be either, or one between.
 *   folder   its entries as of the last force, and what was done to it since: the disk may have any of that.
 * </pre>
 *
 * Files that somebody made without telling are found when their folder is looked at. Not thread-safe.
 */
final class CachedTree {
    private static final int PAGE = 4096;
    private static final int SECTOR = 512;
    private static final double[] CHANCES = {0, 0.1, 0.5, 0.9, 1};
    private static final int TORN_PAGE_ONE_IN = 6;

    private abstract static class Node {
        FolderNode parent;
        String name;

        Path path() {
            return parent.path().resolve(name);
        }
    }

    private static final class FolderNode extends Node {
        private Path rootPath;
        private final Map<String, Node> now = new LinkedHashMap<>();
        private final Map<String, Node> onDisk = new LinkedHashMap<>();
        /** What was done since the last force, each of it done as a whole: names, and what they stand for then, null for nothing. */
        private final List<Map<String, Node>> pending = new ArrayList<>();

        FolderNode(final Path rootPath) {
            this.rootPath = rootPath;
        }

        @Override
        Path path() {
            return rootPath == null ? super.path() : rootPath;
        }

        void change(final Map<String, Node> names) {
            names.forEach((entry, node) -> {
                if (node == null) {
                    now.remove(entry);
                } else {
                    node.parent = this;
                    node.name = entry;
                    now.put(entry, node);
                }
            });
            pending.add(names);
        }
    }

    /** A file, under whatever name. */
    static final class FileNode extends Node {
        private byte[] onDisk = new byte[0];
        /** Its bytes when it was deleted. */
        private byte[] last;

        private byte[] now() throws IOException {
            return last == null ? readAll(path()) : last;
        }

        /** All of its bytes are on disk. */
        void forced() throws IOException {
            onDisk = now();
        }

        /** The system writes one page back by itself. */
        private void writeBack(final SplittableRandom random) throws IOException {
            final byte[] now = now();
            if (now.length == 0) {
                return;
            }
            final int page = random.nextInt((now.length + PAGE - 1) / PAGE);
            final int end = Math.min(now.length, (page + 1) * PAGE);
            if (end > onDisk.length) {
                onDisk = Arrays.copyOf(onDisk, end);
            }
            System.arraycopy(now, page * PAGE, onDisk, page * PAGE, end - page * PAGE);
        }

        private byte[] afterPowerLoss(final SplittableRandom random, final double chance) throws IOException {
            final byte[] now = now();
            final byte[] left = Arrays.copyOf(onDisk, length(random, onDisk.length, now.length));
            for (int at = 0; at < left.length; at += PAGE) {
                final int end = Math.min(at + PAGE, Math.min(left.length, now.length));
                if (at < end && Arrays.mismatch(left, at, end, now, at, end) >= 0) {
                    if (random.nextInt(TORN_PAGE_ONE_IN) == 0) {
                        for (int sector = at; sector < end; sector += SECTOR) {
                            copyIf(random.nextBoolean(), now, sector, Math.min(sector + SECTOR, end), left);
                        }
                    } else {
                        copyIf(random.nextDouble() < chance, now, at, end, left);
                    }
                }
            }
            return left;
        }

        private static int length(final SplittableRandom random, final int before, final int now) {
            final int kind = random.nextInt(4);
            if (before >= now || kind < 2) {
                return random.nextBoolean() ? before : now;
            }
            return kind == 2 ? now : before + random.nextInt(now - before + 1) / PAGE * PAGE;
        }

        private static void copyIf(final boolean isCopied, final byte[] from, final int start, final int end, final byte[] to) {
            if (isCopied) {
                System.arraycopy(from, start, to, start, end - start);
            }
        }
    }

    private final FolderNode root;

    /** @param folder all that is in it is on disk. */
    CachedTree(final Path folder) throws IOException {
        root = new FolderNode(folder);
        adopt(root);
    }

    private static void adopt(final FolderNode folder) throws IOException {
        discover(folder);
        folder.onDisk.putAll(folder.now);
        folder.pending.clear();
        for (final Node node : folder.now.values()) {
            if (node instanceof FolderNode below) {
                adopt(below);
            } else {
                ((FileNode) node).forced();
            }
        }
    }

    /** Finds what was made in a folder without telling. */
    private static void discover(final FolderNode folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder.path())) {
            for (final Path entry : entries.sorted().toList()) {
                final String name = entry.getFileName().toString();
                if (!folder.now.containsKey(name)) {
                    folder.change(single(name, Files.isDirectory(entry) ? new FolderNode(null) : new FileNode()));
                }
            }
        }
    }

    private static Map<String, Node> single(final String name, final Node node) {
        final Map<String, Node> names = new LinkedHashMap<>();
        names.put(name, node);
        return names;
    }

    private FolderNode folder(final Path path) throws IOException {
        if (path.equals(root.path())) {
            return root;
        }
        return (FolderNode) node(path);
    }

    private Node node(final Path path) throws IOException {
        final FolderNode parent = folder(path.getParent());
        final String name = path.getFileName().toString();
        if (!parent.now.containsKey(name)) {
            discover(parent);
        }
        final Node node = parent.now.get(name);
        if (node == null) {
            throw new NoSuchFileException(path.toString());
        }
        return node;
    }

    FileNode file(final Path path) throws IOException {
        return (FileNode) node(path);
    }

    /** A file or folder has been made. */
    void created(final Path path) throws IOException {
        if (path.startsWith(root.path())) {
            node(path);
        }
    }

    /** Copies all that there is, and goes on there. */
    void moveTo(final Path copy) throws IOException {
        final Path from = root.path();
        try (Stream<Path> walk = Files.walk(from)) {
            for (final Path path : walk.toList()) {
                final Path target = copy.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectory(target);
                } else {
                    write(target, readAll(path));
                }
            }
        }
        root.rootPath = copy;
    }

    void renamed(final Path from, final Path to) throws IOException {
        final FolderNode parent = folder(from.getParent());
        if (!from.getParent().equals(to.getParent())) {
            throw new UnsupportedOperationException("from one folder to another: " + from + ", " + to);
        }
        final Map<String, Node> names = new LinkedHashMap<>();
        names.put(from.getFileName().toString(), null);
        names.put(to.getFileName().toString(), parent.now.get(from.getFileName().toString()));
        parent.change(names);
    }

    /**
     * It has been deleted, if it was there.
     *
     * @param last the bytes that it had; null for a folder, or nothing.
     */
    void deleted(final Path path, final byte[] last) throws IOException {
        final FolderNode parent = folder(path.getParent());
        final String name = path.getFileName().toString();
        final Node node = parent.now.computeIfAbsent(name, unknown -> last == null ? null : new FileNode());
        if (node != null) {
            if (node instanceof FileNode file) {
                file.last = last;
            }
            parent.change(single(name, null));
        }
    }

    void forcedFolder(final Path path) throws IOException {
        if (!path.startsWith(root.path())) {
            return;
        }
        final FolderNode folder = folder(path);
        discover(folder);
        folder.onDisk.clear();
        folder.onDisk.putAll(folder.now);
        folder.pending.clear();
    }

    /** The system writes something back by itself. */
    void writeBack(final SplittableRandom random) throws IOException {
        final List<FileNode> files = new ArrayList<>();
        collect(root, files);
        if (!files.isEmpty()) {
            files.get(random.nextInt(files.size())).writeBack(random);
        }
    }

    private static void collect(final FolderNode folder, final List<FileNode> files) {
        for (final Node node : folder.now.values()) {
            if (node instanceof FolderNode below) {
                collect(below, files);
            } else {
                files.add((FileNode) node);
            }
        }
    }

    /** Writes what is left after a power loss now to a folder that does not exist yet. */
    void image(final Path target, final SplittableRandom random) throws IOException {
        image(root, target, random, CHANCES[random.nextInt(CHANCES.length)], CHANCES[random.nextInt(CHANCES.length)]);
    }

    private static void image(
        final FolderNode folder, final Path target, final SplittableRandom random, final double pages, final double entries)
        throws IOException {
        if (Files.isDirectory(folder.path())) {
            discover(folder);
        }
        Files.createDirectory(target);
        final Map<String, Node> left = new LinkedHashMap<>(folder.onDisk);
        for (final Map<String, Node> change : folder.pending) {
            if (random.nextDouble() < entries) {
                apply(change, left);
            }
        }
        for (final Map.Entry<String, Node> entry : left.entrySet()) {
            final Path path = target.resolve(entry.getKey());
            if (entry.getValue() instanceof FolderNode below) {
                image(below, path, random, pages, entries);
            } else {
                write(path, ((FileNode) entry.getValue()).afterPowerLoss(random, pages));
            }
        }
    }

    /** A rename whose file is not there (its creation was lost) cannot be on disk either. */
    private static void apply(final Map<String, Node> change, final Map<String, Node> left) {
        final boolean isRename = change.size() > 1;
        if (isRename && change.values().stream().noneMatch(node -> node != null && left.containsValue(node))) {
            return;
        }
        change.forEach((name, node) -> {
            if (node == null) {
                left.remove(name);
            } else {
                left.values().remove(node);
                left.put(name, node);
            }
        });
    }

    private static byte[] readAll(final Path path) throws IOException {
        return Files.readAllBytes(path);
    }

    /** Leaves holes where there are zeros. */
    private static void write(final Path path, final byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            final byte[] zeros = new byte[PAGE];
            for (int at = 0; at < bytes.length; at += PAGE) {
                final int end = Math.min(at + PAGE, bytes.length);
                final boolean isLast = end == bytes.length;
                if (isLast || !Arrays.equals(bytes, at, end, zeros, 0, end - at)) {
                    channel.write(ByteBuffer.wrap(bytes, at, end - at), at);
                }
            }
        }
    }
}
