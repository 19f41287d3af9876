package io.gmq.journal.mysql;

import io.gmq.journal.Keep;
import java.util.Objects;

/**
 * Where a journal in MySQL lives, and how it is kept.
 *
 * @param database       where to connect.
 * @param owner          who we are, for other brokers and for people; not empty, at most 255 characters.
 * @param startWaitMs    for so long a start tries to reach the database.
 * @param leaseMs        a broker that was not heard of for so long may be replaced.
 * @param segmentBytes   records are deleted, and snapshots taken, by the pieces of about this size.
 * @param recordBytesMax the longest record that will be appended.
 * @param keep           how much history stays beside what recovery needs.
 * @param digestEvery    records between two checkpoints, from 1 on.
 */
public record MySqlSettings(
    Database database, String owner, long startWaitMs, long leaseMs, long segmentBytes, int recordBytesMax, Keep keep, long digestEvery) {
    public MySqlSettings {
        Objects.requireNonNull(database, "database");
        Objects.requireNonNull(keep, "keep");
        if (owner.isEmpty() || owner.length() > Tables.OWNER_LENGTH_MAX) {
            throw new IllegalArgumentException("owner has " + owner.length() + " characters, must have 1 to " + Tables.OWNER_LENGTH_MAX);
        }
    }
}
