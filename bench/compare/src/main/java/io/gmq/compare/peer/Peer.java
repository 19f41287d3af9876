package io.gmq.compare.peer;

import java.util.List;
import java.util.Optional;

/** A broker, whether it is on this machine or not. */
public interface Peer {
    String name();

    /** How to get it, where it is not here. */
    Optional<String> missing();

    /** Its servers; asked for only where nothing is missing. */
    List<Server> servers();

    /** What of it is not to be had in the version that is here, a sentence each. */
    default List<String> unavailable() {
        return List.of();
    }
}
