/** The one way from the journal to a file system: {@link io.gmq.journal.disk.Disk}. */
package io.gmq.journal.disk;
