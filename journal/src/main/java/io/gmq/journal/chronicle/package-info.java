/**
 * The journal on a local disk: Chronicle Queue files, one queue per segment.
 *
 * <pre>
 *   DATA/lock                                        held while a broker runs; names its process
 *   DATA/journal/00000000000000000001/19700101X.cq4  a segment, named for its first sequence
 *   DATA/journal/00000000000000260417/19700101X.cq4  the next one
 *
 *   writing   ChronicleJournal ─► SegmentWriter ─► Chronicle Queue       reading   Recovery ─► SegmentReader ─► SegmentFile
 *                              ─► UnsyncedFile ─► fsync                                      ─► DamageScan
 *   looking   JournalFiles ─► RecordCursor ─► SegmentReader              mending   JournalRepair ─► SegmentPiece ─► SegmentReader
 * </pre>
 *
 * <p>A segment is written by one process run only: each start begins a new one. So a torn end stays where it is, and the next
 * segment's first sequence proves that nothing was confirmed beyond it.
 *
 * <p>Chronicle writes the files and GMQ reads them itself. Chronicle's own reader believes every header: after one changed bit it
 * hands over bytes that are no record, reads on beyond the file's end, leaves out a record, or takes the place for the end.
 */
package io.gmq.journal.chronicle;
