/**
 * The state machine: one class per noun, all owned by the one thread that calls {@link io.gmq.engine.core.Engine}.
 *
 * <pre>
 *   Engine ─┬─ QueueTable ── MessageQueue ── ReadyLane          who is next in a queue
 *           ├─ MessageStore ─┬─ MessageTable ── MessageIndex     one record a message, found by id
 *           │                └─ Slab                             its bytes, off heap
 *           ├─ Leases ── Sessions                                who holds what, and until when
 *           └─ Waiters                                           who waits for a message
 * </pre>
 *
 * <p>No clock, thread, I/O, randomness or logging, and nothing that depends on the order of a hash table: a test over the byte
 * code holds that.
 */
package io.gmq.engine.core;
