/**
 * The command line: {@link io.gmq.broker.cli.Gmq} lists the commands, each is a class of its own. A command parses, calls, prints;
 * what it calls lives elsewhere.
 *
 * <p>For all of them: results on standard output, everything else on standard error; an error is one line; the exit code is 0 only
 * on success ({@link io.gmq.broker.cli.ExitCodes}); colour and escaping only on a terminal; {@code --json} gives one JSON object per
 * line with stable names.
 */
package io.gmq.broker.cli;
