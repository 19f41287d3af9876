package io.gmq.broker;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.LocalDisk;
import java.util.function.LongSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;

/**
 * What a broker takes from the machine and what a test gives in its place.
 *
 * @param disk     where the journal is.
 * @param wall     the clock that people set.
 * @param uptimeNs a clock that nobody sets, in nanoseconds from whenever.
 */
public record Outside(Disk disk, EpochClock wall, LongSupplier uptimeNs) {
    /** The machine itself. */
    public static final Outside MACHINE = new Outside(LocalDisk.INSTANCE, SystemEpochClock.INSTANCE, System::nanoTime);
}
