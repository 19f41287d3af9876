package io.gmq.journal.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
class BoundedConnectTest {
    private static final DatabaseAddress ADDRESS = DatabaseAddress.parse("gmq:hush@(localhost)/q");
    private static final int LONG_MS = 60_000;

    private final CountDownLatch closed = new CountDownLatch(1);

    /** Knows only how to be closed. */
    private Connection connection() {
        final InvocationHandler close = (self, method, arguments) -> {
            assertThat(method.getName()).isEqualTo("close");
            closed.countDown();
            return null;
        };
        return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, close);
    }

    @Test
    void shouldGiveTheConnection() throws SQLException {
        BoundedConnect.within(LONG_MS, ADDRESS, this::connection);
        assertThat(closed.getCount()).isEqualTo(1);
    }

    @Test
    void shouldCloseAConnectionThatComesTooLate() throws InterruptedException {
        final CountDownLatch late = new CountDownLatch(1);
        assertThatThrownBy(() -> BoundedConnect.within(1, ADDRESS, () -> {
            late.await();
            return connection();
        })).isInstanceOf(SQLTimeoutException.class).hasMessage("no connection to gmq@localhost:3306/q within 1 ms");
        assertThat(closed.getCount()).isEqualTo(1);
        late.countDown();
        closed.await();
    }

    @Test
    void shouldHandOnWhyThereIsNone() {
        final SQLException refused = new SQLException("refused");
        assertThatThrownBy(() -> BoundedConnect.within(LONG_MS, ADDRESS, () -> {
            throw refused;
        })).isSameAs(refused);
        assertThatThrownBy(() -> BoundedConnect.within(LONG_MS, ADDRESS, () -> {
            throw new IllegalStateException("odd");
        })).isInstanceOf(SQLException.class).hasMessage("no connection to gmq@localhost:3306/q").hasRootCauseMessage("odd");
        assertThatThrownBy(() -> BoundedConnect.within(LONG_MS, ADDRESS, () -> {
            throw new StackOverflowError();
        })).isInstanceOf(StackOverflowError.class);
    }

    @Test
    void shouldStopWaitingWhenItIsInterrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> BoundedConnect.within(LONG_MS, ADDRESS, () -> {
            new CountDownLatch(1).await();
            return null;
        })).isInstanceOf(SQLException.class).hasMessage("interrupted while connecting to gmq@localhost:3306/q");
        assertThat(Thread.interrupted()).isTrue();
    }
}
