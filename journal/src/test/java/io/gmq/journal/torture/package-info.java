/**
 * Takes power, disks and bits away from a journal, and looks at what is left.
 *
 * <p>{@link io.gmq.journal.torture.JournalTorture} runs the long versions ({@code tools/torture}), the {@code …Test} the short ones.
 */
package io.gmq.journal.torture;
