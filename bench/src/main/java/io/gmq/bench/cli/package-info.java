/**
 * The commands {@code gmq bench} and {@code gmq tune}. They join the broker's command line where this module's jar lies beside it
 * ({@link io.gmq.broker.cli.CommandSet}).
 */
package io.gmq.bench.cli;
