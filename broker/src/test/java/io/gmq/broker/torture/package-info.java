/**
 * Breaks brokers in every way that one machine can, and audits what is left against what was confirmed.
 *
 * <p>{@link io.gmq.broker.torture.Torture} runs the long versions ({@code tools/torture}), the {@code …IT} the short ones.
 */
package io.gmq.broker.torture;
