package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** What the log makes of text that came from a client. */
final class LogOutputTest {
    private static final String HOSTILE = "q\n2026-01-01 INFO forged\r\u001b[2J\u009b31m\u202eetad";
    private static final String SHOWN = "q\\n2026-01-01 INFO forged\\r\\u001b[2J\\u009b31m\\u202eetad";

    private static List<String> lines(final String text, final Throwable failure) throws JoranException {
        final LoggerContext context = new LoggerContext();
        final JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LogOutputTest.class.getResource("/logback.xml"));
        final ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        final ConsoleAppender<ILoggingEvent> appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("STDERR");
        final PatternLayoutEncoder encoder = (PatternLayoutEncoder) appender.getEncoder();
        final byte[] line = encoder.encode(new LoggingEvent("test", root, Level.WARN, "queue {} is odd", failure, new Object[] {text}));
        context.stop();
        return new String(line, StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void shouldShowWhatAClientSentAsOneLineThatPlaysNoTricks() throws JoranException {
        assertThat(lines(HOSTILE, null)).singleElement().asString().endsWith("WARN  queue " + SHOWN + " is odd");
    }

    @Test
    void shouldShowWhatAClientSentInAnExceptionLikewise() throws JoranException {
        final List<String> lines = lines("q", new IllegalStateException("bad " + HOSTILE, new IllegalArgumentException(HOSTILE)));
        assertThat(lines.get(0)).endsWith("queue q is odd");
        assertThat(lines.get(1)).isEqualTo("java.lang.IllegalStateException: bad " + SHOWN);
        assertThat(lines).contains("Caused by: java.lang.IllegalArgumentException: " + SHOWN);
        assertThat(lines.subList(2, lines.size())).allMatch(line -> line.startsWith("\tat ") || line.startsWith("Caused by: "));
    }
}
