package io.gmq.broker;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import io.gmq.engine.api.RefusalCode;
import io.gmq.transport.codec.JsonEffectEncoder;
import io.gmq.transport.tcp.Listener;
import io.gmq.transport.tls.ServerCertificates;
import io.gmq.transport.tls.TlsFiles;
import io.gmq.transport.tls.TlsLinks;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands behind the port with TLS: the certificates, the threads on which the long parts of handshakes run, so that no
 * selector waits for a signature, and one that looks every second whether the files have changed.
 */
final class TlsService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TlsService.class);
    private static final int THREADS_MAX = 4;
    private static final long THREAD_IDLE_S = 30;
    private static final long LOOK_MS = 1000;
    private static final byte[] NO_TLS =
        JsonEffectEncoder.farewell(RefusalCode.BAD_REQUEST, "this port is for TLS; connect with --tls, or to the port without it");

    private final ServerCertificates certificates;
    private final ThreadPoolExecutor handshakes;
    private final ScheduledExecutorService watch;

    private TlsService(final ServerCertificates certificates, final int threads, final int tasksMax) {
        this.certificates = certificates;
        handshakes = new ThreadPoolExecutor(threads, threads, THREAD_IDLE_S, TimeUnit.SECONDS, new ArrayBlockingQueue<>(tasksMax),
            daemons("gmq-handshakes"));
        handshakes.allowCoreThreadTimeOut(true);
        watch = Executors.newSingleThreadScheduledExecutor(daemons("gmq-certificates"));
        watch.scheduleWithFixedDelay(this::reload, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }

    /**
     * Reads the certificates; at half of the cores handshakes may go on.
     *
     * @throws io.gmq.transport.tls.TlsSetupException if the files that are configured do not make a whole.
     */
    static TlsService start(final Config config, final int cores) {
        final TlsFiles files = new TlsFiles(config.get(Keys.TLS_CERTIFICATE), file(config.get(Keys.TLS_KEY)),
            config.get(Keys.TLS_KEY_PASSWORD), file(config.get(Keys.TLS_CLIENT_CA)), config.get(Keys.TLS_REQUIRE_CLIENT_CERTIFICATE));
        return new TlsService(new ServerCertificates(files), Math.min(THREADS_MAX, Math.max(1, cores / 2)),
            config.get(Keys.NETWORK_MAX_CONNECTIONS));
    }

    private static Optional<Path> file(final Path path) {
        return path.toString().isEmpty() ? Optional.empty() : Optional.of(path);
    }

    private static ThreadFactory daemons(final String name) {
        return task -> {
            final Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What is thrown here would end the watch, and nobody would hear of it. */
    private void reload() {
        try {
            certificates.reload();
        } catch (final RuntimeException e) {
            LOG.error("looking at the certificates failed; those in use stay", e);
        }
    }

    Listener listener(final InetSocketAddress address) {
        return new Listener(address, new TlsLinks(certificates, handshakes, NO_TLS), TlsLinks.overloaded(), TlsLinks.overloaded());
    }

    @Override
    public void close() {
        watch.shutdownNow();
        handshakes.shutdownNow();
    }
}
