package io.gmq.broker.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

final class ThrottleTest {
    private static final InetAddress A = address("192.0.2.1");
    private static final InetAddress B = address("192.0.2.2");

    private final Throttle throttle = new Throttle(0);

    private static InetAddress address(final String text) {
        try {
            return InetAddress.getByName(text);
        } catch (final UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void fail(final InetAddress address, final int times, final long nowMs) {
        for (int i = 0; i < times; i++) {
            throttle.failed(address, nowMs);
        }
    }

    @Test
    void shouldBoundTheFailuresOfAnAddress() {
        fail(A, Throttle.ADDRESS_MAX - 1, 0);
        assertThat(throttle.waitOfAddressMs(A, 0)).isZero();
        fail(A, 1, 0);
        assertThat(throttle.waitOfAddressMs(A, 0)).isEqualTo(1000);
        assertThat(throttle.waitOfAddressMs(A, 400)).isEqualTo(600);
        assertThat(throttle.waitOfAddressMs(B, 0)).isZero();
        assertThat(throttle.waitOfAddressMs(A, 1000)).isZero();
        fail(A, 1, 1000);
        assertThat(throttle.waitOfAddressMs(A, 1000)).isEqualTo(1000);
    }

    @Test
    void shouldForgiveAllInTimeAndNoMore() {
        fail(A, Throttle.ADDRESS_MAX, 0);
        fail(A, Throttle.ADDRESS_MAX, 3_600_000);
        assertThat(throttle.waitOfAddressMs(A, 3_600_000)).isEqualTo(1000);
    }

    @Test
    void shouldBoundTheFailuresOfAllTogether() {
        for (int i = 0; i < Throttle.ALL_MAX; i++) {
            assertThat(throttle.waitOfAllMs(0)).isZero();
            throttle.failed(address("198.51.100." + i), 0);
        }
        assertThat(throttle.waitOfAllMs(0)).isEqualTo(200);
        assertThat(throttle.waitOfAllMs(200)).isZero();
    }

    @Test
    void shouldTakeANetworkOfIpv6ForOneAddress() {
        fail(address("2001:db8::1"), Throttle.ADDRESS_MAX, 0);
        assertThat(throttle.waitOfAddressMs(address("2001:db8::2:3"), 0)).isPositive();
        assertThat(throttle.waitOfAddressMs(address("2001:db8:0:1::1"), 0)).isZero();
    }

    @Test
    void shouldForgetTheAddressThatFailedLongestAgoWhenThereAreTooMany() {
        fail(A, Throttle.ADDRESS_MAX, 0);
        for (int i = 0; i < Throttle.ADDRESSES_MAX - 1; i++) {
            throttle.countForAddress(address("10.0." + (i >> 8) + "." + (i & 255)), 0);
        }
        assertThat(throttle.waitOfAddressMs(B, 0)).isZero();
        assertThat(throttle.waitOfAddressMs(A, 0)).as("looked at, so used last").isPositive();
        throttle.countForAddress(B, 0);
        assertThat(throttle.waitOfAddressMs(A, 0)).isPositive();
        for (int i = 0; i < Throttle.ADDRESSES_MAX; i++) {
            throttle.countForAddress(address("10.1." + (i >> 8) + "." + (i & 255)), 0);
        }
        assertThat(throttle.waitOfAddressMs(A, 0)).isZero();
    }
}
