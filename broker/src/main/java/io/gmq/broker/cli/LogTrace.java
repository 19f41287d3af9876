package io.gmq.broker.cli;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.CoreConstants;

/**
 * The exception of an event with its causes and places ({@code %trace} in a pattern), the message of each in one line, since it may
 * repeat what a client has sent. Any thread's.
 */
public final class LogTrace extends ThrowableHandlingConverter {
    @Override
    public String convert(final ILoggingEvent event) {
        final StringBuilder text = new StringBuilder();
        String before = "";
        for (IThrowableProxy its = event.getThrowableProxy(); its != null; its = its.getCause()) {
            final String message = its.getMessage() == null ? "" : ": " + its.getMessage();
            text.append(before).append(Escapes.line(its.getClassName() + message)).append(CoreConstants.LINE_SEPARATOR);
            for (final StackTraceElementProxy place : its.getStackTraceElementProxyArray()) {
                text.append(CoreConstants.TAB).append(place.getSTEAsString()).append(CoreConstants.LINE_SEPARATOR);
            }
            before = "Caused by: ";
        }
        return text.toString();
    }
}
