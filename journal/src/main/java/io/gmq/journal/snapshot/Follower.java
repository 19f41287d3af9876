package io.gmq.journal.snapshot;

/**
 * What somebody still needs who follows the journal: a base from which to begin after a restart, and all records after it.
 *
 * @param position  sequence of the last record that it is done with; 0 while that is not known.
 * @param keepBytes of segments that are kept for it at the most. Where that is not enough it is cut off: what is kept is the newest
 *                  part of the journal that fits, as long as that is known to begin with a base.
 */
public record Follower(long position, long keepBytes) {
    /** Nobody. Also for when the disk is full: the broker comes first. */
    public static final Follower NONE = new Follower(Long.MAX_VALUE, 0);
}
