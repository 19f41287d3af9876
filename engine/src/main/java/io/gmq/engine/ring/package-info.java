/**
 * The ring that hosts the engine: slots, the stages that work on them in one order, and the ways to spread the stages over
 * threads.
 *
 * <pre>
 *   CommandSink ──► slots ──► LogicStage ──► JournalStage ──► egress (a Stage of the transport)
 * </pre>
 *
 * <p>Stages know neither the Disruptor nor threads; {@link io.gmq.engine.ring.CommandRing} is the only class that does.
 */
package io.gmq.engine.ring;
