package io.gmq.broker.cli;

import io.gmq.broker.BrokerException;
import io.gmq.broker.auth.UsersException;
import io.gmq.broker.config.ConfigException;
import io.gmq.client.GmqConnectionException;
import io.gmq.client.GmqException;
import io.gmq.client.GmqRefusedException;
import io.gmq.journal.JournalException;
import io.gmq.transport.tls.TlsSetupException;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in one line for the person who typed the command. */
final class Failures {
    private Failures() {
    }

    static Throwable unwrap(final Throwable e) {
        Throwable cause = e;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String describe(final Throwable thrown) {
        final Throwable e = unwrap(thrown);
        if (e instanceof final GmqRefusedException refusal) {
            return refusal.getMessage() + " (" + refusal.code() + ")";
        }
        if (e instanceof GmqConnectionException && e.getCause() instanceof ConnectException) {
            return e.getMessage() + "; is the broker running? start it with './gmq server'";
        }
        if (e instanceof GmqException || e instanceof CommandException || e instanceof ConfigException || e instanceof BrokerException
            || e instanceof JournalException || e instanceof UsersException || e instanceof TlsSetupException
            || e instanceof IllegalArgumentException) {
            return e.getMessage();
        }
        if (e instanceof IOException) {
            return e.getMessage() == null ? e.toString() : e.getMessage();
        }
        return "unexpected failure: " + e + "; set GMQ_DEBUG=1 for the details";
    }

    static String describeUsage(final ParameterException e) {
        final List<String> left = e.getCommandLine().getUnmatchedArguments();
        if (e instanceof MissingParameterException && !left.isEmpty() && left.get(0).startsWith("-")) {
            // A misspelt option explains the one that is missing.
            return describeUsage(new UnmatchedArgumentException(e.getCommandLine(), left));
        }
        if (e instanceof final UnmatchedArgumentException unmatched && !unmatched.getUnmatched().isEmpty()) {
            final String argument = unmatched.getUnmatched().get(0);
            final String what = unmatched.isUnknownOption() ? "unknown option '" : "unknown argument or command '";
            final String nearest = String.join("', '", unmatched.getSuggestions());
            return what + argument + "'" + (nearest.isEmpty() ? "" : "; did you mean '" + nearest + "'?");
        }
        final String without = e.getMessage().startsWith("Error: ") ? e.getMessage().substring(7) : e.getMessage();
        final String message = without.replace("option option", "option").replaceFirst("\\.$", "");
        final boolean sentence = message.length() > 1 && Character.isLowerCase(message.charAt(1));
        return sentence ? Character.toLowerCase(message.charAt(0)) + message.substring(1) : message;
    }
}
