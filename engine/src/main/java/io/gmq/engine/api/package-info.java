/**
 * What the outside says to the engine and hears from it: commands in, effects out, both as bytes or calls, never as objects
 * per message. Everything here is data and interfaces; the state lives in {@code core}, the threads in {@code ring}.
 *
 * <pre>
 *   CommandHeader + body flyweight ──► StateMachine.apply ──► EffectSink
 * </pre>
 */
package io.gmq.engine.api;
