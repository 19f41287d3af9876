package io.gmq.broker.cli;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/**
 * The message of an event as one line ({@code %line} in a pattern): names and texts of clients can be part of it, and must neither begin
 * a line of their own nor speak to the terminal on which the log is read. Any thread's.
 */
public final class LogLine extends ClassicConverter {
    @Override
    public String convert(final ILoggingEvent event) {
        return Escapes.line(String.valueOf(event.getFormattedMessage()));
    }
}
