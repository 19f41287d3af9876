/**
 * MySQL, as the journal and the archive reach it: where it is, how a connection is made, and how tables come to be.
 *
 * <pre>
 *   text ─► DatabaseAddress ◄── GoForm, JdbcForm       Database ─► Connection ─► Migrations
 * </pre>
 *
 * <p>The journal in its tables ({@link io.gmq.journal.mysql.Tables}), to read in this order:
 *
 * <pre>
 *   MySqlJournal ─► PendingRecords ─► RecordWriter ─► MultiRowInsert        the way of a record
 *   Opening ─► Lease ─► MySqlRecovery                                       the way in
 *   MySqlKeeper ─► Holder ─► TableFiles, StoredRecords                      the lease, snapshots, deletions
 *   Link, Outage, AwayWatch, Sessions                                       what fails, and comes back
 *   MySqlTail, MySqlRecords                                                 for those who look on
 * </pre>
 *
 * <p>Compiled against {@code java.sql} only. The driver, Connector/J, is found when it is needed, since its file may be left out of
 * a distribution.
 */
package io.gmq.journal.mysql;
