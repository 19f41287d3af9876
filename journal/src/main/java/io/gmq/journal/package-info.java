/**
 * Durable records of the commands that changed the engine: what every storage kind has in common. The kinds themselves are
 * {@link io.gmq.journal.MemoryJournal} and the packages below this one.
 *
 * <pre>
 *   ring ─► Journal ◄── MemoryJournal                  keeps nothing
 *                   ◄── chronicle.ChronicleJournal     segments on disk; replays them to a RecoveryHandler when it opens
 * </pre>
 */
package io.gmq.journal;
