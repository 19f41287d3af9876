/**
 * What has become of every message, in tables that anybody can ask. A follower of the journal, with an engine of its own that tells it
 * each message's fate.
 *
 * <pre>
 *   JournalTail ─► ShadowEngine ─► FateBatch ─► ArchiveWriter ─► gmq_message, gmq_fate, gmq_archive_position
 *   └──────────────────────── ArchiveFeed ───────────────────┘
 *                    ▲                    ▲
 *             ArchiveFollower       ArchiveRebuild
 * </pre>
 *
 * <p>The broker does not know of it: it may be behind, or broken, or gone. See {@code docs/archive.md}.
 */
package io.gmq.broker.archive;
