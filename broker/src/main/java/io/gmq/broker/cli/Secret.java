package io.gmq.broker.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command gets a password from: a file, or somebody who types it. Never an argument, which every process of a machine can read. */
final class Secret {
    private static final int LENGTH_MAX = 1 << 16;

    private Secret() {
    }

    /** The first line of a file. */
    static String ofFile(final Path file) {
        try {
            if (Files.size(file) > LENGTH_MAX) {
                throw new CommandException("the file of the password has more than " + LENGTH_MAX + " bytes: " + file, null);
            }
            return Files.readString(file, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        } catch (final IOException e) {
            throw new CommandException("cannot read the password from " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }

    /** Asks somebody on a terminal. */
    static String ask(final Shell shell, final PrintWriter errors, final String question) {
        errors.print(Escapes.line(question) + ": ");
        errors.flush();
        final String typed = shell.secret().get();
        errors.println();
        if (typed == null) {
            throw new CommandException("a password cannot be typed unseen here; give it in a file, with --password-file", null);
        }
        return typed;
    }
}
