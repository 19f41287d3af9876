/**
 * The configuration of the broker: one table of keys, from which the file, the environment, the flags, the output of
 * {@code gmq config}, the documentation and the hints in errors all come.
 *
 * <pre>
 *   file ─► environment ─► flags ─► ConfigLoader ─► Config ─► StartPlan (what this release makes of it)
 *                                                      └────► ConfigReport (what people read)
 * </pre>
 *
 * <p>To read first: {@link io.gmq.broker.config.Keys}. A new key is one constant there and its entry in the list at the end.
 */
package io.gmq.broker.config;
