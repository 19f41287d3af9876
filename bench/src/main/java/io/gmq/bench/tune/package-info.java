/**
 * Finds the settings that suit a machine: measures a few brokers, one factor after the other, and gives a reason for each value.
 *
 * <pre>
 *  Tuner ─► Meter.measure(Point) ─► Outcome       a fresh broker process for each point
 *    └────► Advice ─► TuneReport                  what to set, and why
 * </pre>
 */
package io.gmq.bench.tune;
