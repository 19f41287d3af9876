package io.gmq.broker.cli;

import java.util.List;

/**
 * Commands that come with another jar: named in its {@code META-INF/services}, they join {@code gmq} where that jar is on the class
 * path. A command ends with an exception of {@link CommandException} where it cannot do what it was asked.
 */
@FunctionalInterface
public interface CommandSet {
    /** The commands, as picocli takes them, in the order in which the help lists them. */
    List<Object> commands(Shell shell);
}
