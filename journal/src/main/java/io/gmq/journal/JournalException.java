package io.gmq.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/**
 * The journal cannot be opened, read or written, and the broker must not go on. The message is one line for an operator: what
 * is wrong, where (file and offset), and what to do.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JournalException(final String message) {
        super(message);
    }

    public JournalException(final String message, final Throwable cause) {
        super(message, cause);
    }

    /** {@code what} followed by the operating system's reason. */
    public static JournalException of(final String what, final IOException cause) {
        return new JournalException(what + ": " + reason(cause), cause);
    }

    /** The JDK's file exceptions say only the file's name, and why in their type. */
    private static String reason(final IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it exists and is no folder";
        }
        if (e instanceof FileSystemException file && file.getReason() != null) {
            return file.getReason();
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
