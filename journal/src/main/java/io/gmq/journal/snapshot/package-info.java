/**
 * Snapshots: the state of the engine after one record of the journal, in one file, so that recovery begins there and the segments
 * before it can go.
 *
 * <pre>
 *   logic stage ──entries──► SnapshotWriter ──chunks──► keeper ──► new.snapshot.tmp ──► 00000000000000260417.snapshot
 *                                                                                                  │
 *   recovery, tools ◄──────entries──────────────────── SnapshotReader ◄── Snapshots, the folder ◄──┘
 * </pre>
 *
 * <p>To read first: {@link io.gmq.journal.snapshot.SnapshotFormat}. {@link io.gmq.journal.snapshot.Retention} decides when one is
 * taken and what may be deleted, and touches no file.
 */
package io.gmq.journal.snapshot;
