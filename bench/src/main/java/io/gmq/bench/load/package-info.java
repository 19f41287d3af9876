/**
 * The load generator: sockets, windows, schedules and histograms. What goes over the sockets it knows only through
 * {@link io.gmq.bench.load.Wire}.
 *
 * <pre>
 *  LoadRun ─► LoadThread ─► Producer ─► FrameRing ─► socket      frames made beforehand, only their stamps are new
 *                   │           ▲
 *                   │       PublishSide ◄─ socket                confirmations, counted
 *                   └────► Consumer ─► Output ─► socket          requests and settlements
 *                               ▲
 *                          ConsumeSide ◄─ socket                 deliveries: each stamp once, and how late
 * </pre>
 */
package io.gmq.bench.load;
