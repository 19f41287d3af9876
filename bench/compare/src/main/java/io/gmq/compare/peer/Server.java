package io.gmq.compare.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One way to run a broker: a process with a configuration, which serves one or more subjects. */
public interface Server {
    /** For folders and messages. */
    String id();

    List<Subject> subjects();

    /** Writes the configuration into an empty folder that is the server's own, and says how to start it. */
    Launch prepare(Path folder, int port) throws IOException;

    /** The version of the one that runs, by its own words. */
    String version(RunningServer running) throws Exception;
}
