package io.gmq.broker.conformance;

import io.gmq.broker.Broker;
import io.gmq.broker.Outside;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Machine;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;

/** A broker in this process, on a port of its own. */
final class TestBroker implements AutoCloseable {
    private final Broker broker;
    private final InetSocketAddress address;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    /** @param settings each {@code section.key=value}. */
    TestBroker(final Path data, final String... settings) {
        this(Outside.MACHINE, data, settings);
    }

    /** @param outside its disk and clocks. */
    TestBroker(final Outside outside, final Path data, final String... settings) {
        final ConfigLoader config = new ConfigLoader(Machine.current()).set("network.port=0").set("filesystem.path=" + data);
        for (final String setting : settings) {
            config.set(setting);
        }
        broker = new Broker(config.load(), Machine.current(), outside, "test", failure::set);
        address = broker.address();
    }

    InetSocketAddress address() {
        return address;
    }

    Wire connect() {
        return new Wire(address);
    }

    /** Stops it, and says so if something in it had failed. */
    @Override
    public void close() {
        broker.close();
        if (failure.get() != null) {
            throw new AssertionError("the broker would have stopped itself", failure.get());
        }
    }
}
