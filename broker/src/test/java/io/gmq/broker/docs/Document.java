package io.gmq.broker.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of the documentation, and the fenced blocks in it. */
record Document(String name, String text) {
    /** A fenced block: what is written behind its opening fence, where it begins, and the lines between its fences. */
    record Block(String language, int line, List<String> lines) {
    }

    /** @param name from the root of the checkout, {@code docs/protocol.md}. */
    static Document read(final String name) {
        try {
            return new Document(name, Files.readString(root().resolve(name)));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Surefire runs in the module's folder, some development environments in the checkout's. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docs/protocol.md"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("no docs/protocol.md in or above " + Path.of("").toAbsolutePath());
        }
        return folder;
    }

    List<Block> blocks(final String language) {
        final List<Block> blocks = new ArrayList<>();
        Block open = null;
        int number = 0;
        for (final String line : text.lines().toList()) {
            number++;
            if (!line.startsWith("```")) {
                if (open != null) {
                    open.lines.add(line);
                }
            } else if (open == null) {
                open = new Block(line.substring(3), number, new ArrayList<>());
            } else {
                if (open.language.equals(language)) {
                    blocks.add(open);
                }
                open = null;
            }
        }
        return blocks;
    }
}
