/**
 * What a journal tells of the past: replays it into an engine and looks on. Nothing here runs in a broker, prints, or changes a
 * file, but for the new folder that a repair makes.
 *
 * <pre>
 *   JournalFiles ─► History ─► RecordVisitor ─► Witness (an engine) ─► Tracer, Arrivals, Then, RecordFilter
 *                           ─► Verification
 * </pre>
 */
package io.gmq.broker.history;
