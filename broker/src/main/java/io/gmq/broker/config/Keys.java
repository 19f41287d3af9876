package io.gmq.broker.config;

import static io.gmq.broker.config.Key.added;
import static io.gmq.broker.config.Key.original;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Headers;
import io.gmq.engine.api.Limits;
import io.gmq.journal.Keep;
import java.nio.file.Path;
import java.util.List;

/**
 * The table of all keys, in the order in which they are shown. Everything that reads, checks, shows or documents a
 * configuration goes through {@link #ALL}.
 */
public final class Keys {
    /** The value of {@link #NETWORK_PORT} where there is to be no port without TLS. */
    public static final int NO_PORT = -1;

    static final int PORT_MAX = 65535;
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;
    private static final int GIB = 1 << 30;
    private static final long SECOND_MS = 1000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long DAY_MS = 24 * 60 * MINUTE_MS;
    private static final int BYTES_MAX = 2047 * MIB;
    private static final int FRAME_LENGTH_MAX = 120 * MIB;
    /** Without being told, GMQ does not take more than this, however large the machine. */
    private static final long HELD_BYTES_DEFAULT_MAX = 64L * GIB;

    public static final Key<String> AUTH_USER = original("auth", "user", Types.text(), Default.of(""),
        "Name of the account that may do everything; with auth.password");
    public static final Key<String> AUTH_PASSWORD = original("auth", "password", Types.secret(), Default.of(""),
        "Its password");
    public static final Key<Path> AUTH_USERS = added("auth", "users", Types.path(), Default.of(Path.of("")),
        "File of further users, which 'gmq user' writes; read again when it changes");
    public static final Key<Boolean> AUTH_REQUIRE_TLS = added("auth", "require_tls", Types.bool(), Default.of(false),
        "Refuses credentials, unseen, on connections from beyond this machine that are not encrypted");

    public static final Key<Integer> NETWORK_PORT = original("network", "port", Types.portOrNone(), Default.of(4884),
        "Port that clients connect to without TLS; 0 takes any free one, none leaves it out");
    public static final Key<String> NETWORK_INTERFACE = original("network", "interface", Types.text(), Default.of(""),
        "Address or host name to listen on; empty is all of them, without accounts loopback only (see network.allow_open)");
    public static final Key<NetworkProtocol> NETWORK_PROTOCOL = original("network", "protocol", Types.choice(NetworkProtocol.class),
        Default.of(NetworkProtocol.TCP), "Kind of addresses: both, IPv4 only (tcp4) or IPv6 only (tcp6)");
    public static final Key<Boolean> NETWORK_ALLOW_OPEN = added("network", "allow_open", Types.bool(), Default.of(false),
        "Lets the broker listen beyond loopback although no account protects it");
    public static final Key<Integer> NETWORK_MAX_CONNECTIONS = added("network", "max_connections", Types.integer(1, 1 << 20),
        Default.of(10_000), "Connections open at a time; more are refused with 'overloaded'");
    public static final Key<Integer> NETWORK_MAX_CONNECTIONS_PER_ADDRESS = added("network", "max_connections_per_address",
        Types.integer(1, 1 << 20), Default.from("network.max_connections, no bound of its own",
            (config, machine) -> config.get(NETWORK_MAX_CONNECTIONS)),
        "The same from one address, or from one network of IPv6 (/64)");
    public static final Key<Long> NETWORK_IDLE_TIMEOUT_MS = added("network", "idle_timeout_ms", Types.durationMs(0, DAY_MS),
        Default.of(0L), "A connection is ended on which nothing comes, goes or is waited for so long; 0 is never");
    public static final Key<Integer> NETWORK_MAX_FRAME_LENGTH = added("network", "max_frame_length", Types.size(32 * KIB, FRAME_LENGTH_MAX),
        Default.from("1MiB, or more where queue.max_message_length needs it",
            (config, machine) -> Math.max(MIB, roundUp(Checks.frameLengthMin(config), 64 * KIB))),
        "Longest frame in either direction; must hold the longest message with every character escaped");
    public static final Key<Integer> NETWORK_MAX_OUTBOUND_BYTES = added("network", "max_outbound_bytes", Types.size(64 * KIB, BYTES_MAX),
        Default.from("4MiB, at least network.max_frame_length",
            (config, machine) -> Math.max(4 * MIB, config.get(NETWORK_MAX_FRAME_LENGTH))),
        "Bytes of replies that may wait for a client to read them before its requests are no longer read; per connection");
    public static final Key<Integer> NETWORK_SELECTORS = added("network", "selectors", Types.integer(0, 64), Default.of(0),
        "Threads that read and write sockets; 0 leaves it to ring.profile");

    public static final Key<Integer> TLS_PORT = added("tls", "port", Types.integer(0, PORT_MAX), Default.of(4885),
        "Port that clients connect to with TLS; 0 takes any free one; listened on where tls.certificate is given");
    public static final Key<Path> TLS_CERTIFICATE = added("tls", "certificate", Types.path(), Default.of(Path.of("")),
        "File of the broker's certificate and those that vouch for it, in PEM, or PKCS#12 with the key where it ends in .p12 or .pfx");
    public static final Key<Path> TLS_KEY = added("tls", "key", Types.path(), Default.of(Path.of("")),
        "File of its key, in PEM; empty is the file of the certificate");
    public static final Key<String> TLS_KEY_PASSWORD = added("tls", "key_password", Types.secret(), Default.of(""),
        "Password of the key or of the PKCS#12 file");
    public static final Key<Path> TLS_CLIENT_CA = added("tls", "client_ca", Types.path(), Default.of(Path.of("")),
        "File of certificates in PEM that vouch for clients; with it, clients are asked for a certificate");
    public static final Key<Boolean> TLS_REQUIRE_CLIENT_CERTIFICATE = added("tls", "require_client_certificate", Types.bool(),
        Default.of(false), "Refuses clients without a certificate on the port with TLS");

    public static final Key<String> CLUSTER_PROTO = original("cluster", "proto", Types.text(), Default.of("tcp"),
        "Protocol between brokers; no cluster in this release");
    public static final Key<Integer> CLUSTER_PORT = original("cluster", "cluster_port", Types.integer(0, 65535), Default.of(4812),
        "Port between brokers; no cluster in this release");
    public static final Key<Long> CLUSTER_TIMEOUT_MS = original("cluster", "timeout_msec",
        Types.durationMs(0, Limits.DURATION_MS_MAX), Default.of(4000L), "Patience between brokers; no cluster in this release");
    public static final Key<String> CLUSTER_CIDR = original("cluster", "cidr", Types.text(), Default.of(""),
        "Network in which to look for brokers; no cluster in this release");

    public static final Key<Storage> QUEUE_TYPE = original("queue", "queue_type", Types.numberedChoice(Storage.class),
        Default.of(Storage.FILESYSTEM), "Where messages are kept; database is the one that database.dsn names");
    public static final Key<Integer> QUEUE_MAX_QUEUE_NUMBER = original("queue", "max_queue_number",
        Types.integer(1, Limits.MAX_QUEUE_NUMBER_MAX), Default.of(4096), "Queues that may exist");
    public static final Key<Integer> QUEUE_MAX_MESSAGE_LENGTH = original("queue", "max_message_length",
        Types.size(1, Limits.MAX_MESSAGE_LENGTH_MAX), Default.of(40960), "Bytes that a message may have");
    public static final Key<Integer> QUEUE_MAX_QUEUE_CAPACITY = original("queue", "max_queue_capacity",
        Types.integer(1, Limits.MAX_QUEUE_CAPACITY_MAX), Default.of(4096), "Messages that a queue may hold, in all states together");
    public static final Key<Long> QUEUE_LEASE_MS = added("queue", "lease_ms", Types.durationMs(1, Limits.DURATION_MS_MAX),
        Default.of(30_000L), "How long a taken message stays with its consumer where neither request nor queue says so");
    public static final Key<Long> QUEUE_MAX_HELD_BYTES = added("queue", "max_held_bytes", Types.longSize(MIB, Long.MAX_VALUE),
        Default.from("half of the machine's memory, a quarter with an archive, at most 64GiB", Keys::heldBytesDefault),
        "Memory for all held messages together; beyond it publishing is refused with 'overloaded'");
    public static final Key<Integer> QUEUE_MAX_PRODUCERS = added("queue", "max_producers",
        Types.integer(1, Limits.MAX_PRODUCERS_MAX), Default.of(65_536),
        "Producers whose last sequence is remembered; beyond, the one that has published longest ago is forgotten");

    public static final Key<String> DATABASE_VENDOR = original("database", "vendor", Types.text(), Default.of("mysql"),
        "Kind of the database, mysql or mariadb");
    public static final Key<String> DATABASE_DSN = original("database", "dsn", Types.dataSource(), Default.of(""),
        "Where the database is, user:password@(host:port)/name or a JDBC URL");
    public static final Key<Long> DATABASE_TIMEOUT_MS = added("database", "timeout_ms", Types.durationMs(SECOND_MS, 10 * MINUTE_MS),
        Default.of(10 * SECOND_MS), "How long a connect, and then each statement, may take in the databases of storage and archive");
    public static final Key<Long> DATABASE_START_WAIT_MS = added("database", "start_wait_ms", Types.durationMs(0, DAY_MS),
        Default.of(MINUTE_MS), "How long a start goes on trying to reach the database");
    public static final Key<Long> DATABASE_LEASE_MS = added("database", "lease_ms", Types.durationMs(3 * SECOND_MS, 10 * MINUTE_MS),
        Default.of(5 * SECOND_MS), "A broker that was not heard of for so long may be replaced by another on the same database");

    public static final Key<Path> FILESYSTEM_PATH = original("filesystem", "path", Types.path(), Default.of(Path.of("data")),
        "Folder of the journal (flag --data)");

    public static final Key<String> LOG_PATH = original("log", "path", Types.text(), Default.of(""),
        "Folder of the log file; where path and name are empty, the log goes to stderr");
    public static final Key<String> LOG_NAME = original("log", "name", Types.text(), Default.of(""),
        "Name of the log file; empty is gmq.log where a path is given");

    public static final Key<Durability> JOURNAL_DURABILITY = added("journal", "durability", Types.choice(Durability.class),
        Default.from("synced; memory where queue.queue_type is memory",
            (config, machine) -> config.get(QUEUE_TYPE) == Storage.MEMORY ? Durability.MEMORY : Durability.SYNCED),
        "What a change has to survive before its reply is sent, where the request does not say; no replicated in this release");
    public static final Key<Integer> JOURNAL_SEGMENT_BYTES = added("journal", "segment_bytes", Types.size(MIB, GIB),
        Default.from("64MiB, at least twice network.max_frame_length",
            (config, machine) -> Math.max(64 * MIB, 2 * config.get(NETWORK_MAX_FRAME_LENGTH))),
        "What a segment of the journal takes on disk while it is written; it is closed when only its reserve for a full disk is left");
    public static final Key<Keep> JOURNAL_KEEP = added("journal", "keep", Types.keep(), Default.of(Keep.NONE),
        "History before the newest snapshot that stays to be looked at and replayed: at least so many bytes, or so far back");
    public static final Key<Integer> JOURNAL_DIGEST_EVERY = added("journal", "digest_every", Types.integer(1_000, 1_000_000_000),
        Default.of(1_000_000), "Records between two recovery points, which hold a digest of the state that a replay is compared with");

    public static final Key<String> ARCHIVE_DSN = added("archive", "dsn", Types.dataSource(), Default.of(""),
        "MySQL database that gets all messages and what became of them, in the forms of database.dsn; empty is no archive");
    public static final Key<Long> ARCHIVE_KEEP_BYTES = added("archive", "keep_bytes", Types.longSize(64 * MIB, Long.MAX_VALUE),
        Default.of((long) GIB), "History that the journal keeps at most for an archive that is behind");

    public static final Key<Integer> RING_SIZE = added("ring", "size", Types.powerOfTwo(64, MIB), Default.of(4096),
        "Commands that may be on their way through the broker at a time");
    public static final Key<RingProfile> RING_PROFILE = added("ring", "profile", Types.choice(RingProfile.class),
        Default.of(RingProfile.AUTO), "How the work is spread over threads; auto goes by the number of cores");
    public static final Key<Waiting> RING_WAITING = added("ring", "waiting", Types.choice(Waiting.class), Default.of(Waiting.PARK),
        "What threads do without work; spin is fastest and needs a core for each thread");
    public static final Key<Integer> RING_INGRESS_BYTES = added("ring", "ingress_bytes", Types.size(64 * KIB, GIB),
        Default.from("16MiB, at least 4 times network.max_frame_length",
            (config, machine) -> Math.max(16 * MIB, 4 * config.get(NETWORK_MAX_FRAME_LENGTH))),
        "Bytes of decoded commands that may wait in the ring; per selector, rounded up to a power of two");

    /** Every key, by sections. */
    public static final List<Key<?>> ALL = List.of(
        AUTH_USER, AUTH_PASSWORD, AUTH_USERS, AUTH_REQUIRE_TLS,
        NETWORK_PORT, NETWORK_INTERFACE, NETWORK_PROTOCOL, NETWORK_ALLOW_OPEN, NETWORK_MAX_CONNECTIONS,
        NETWORK_MAX_CONNECTIONS_PER_ADDRESS, NETWORK_IDLE_TIMEOUT_MS, NETWORK_MAX_FRAME_LENGTH, NETWORK_MAX_OUTBOUND_BYTES, NETWORK_SELECTORS,
        TLS_PORT, TLS_CERTIFICATE, TLS_KEY, TLS_KEY_PASSWORD, TLS_CLIENT_CA, TLS_REQUIRE_CLIENT_CERTIFICATE,
        CLUSTER_PROTO, CLUSTER_PORT, CLUSTER_TIMEOUT_MS, CLUSTER_CIDR,
        QUEUE_TYPE, QUEUE_MAX_QUEUE_NUMBER, QUEUE_MAX_MESSAGE_LENGTH, QUEUE_MAX_QUEUE_CAPACITY, QUEUE_LEASE_MS, QUEUE_MAX_HELD_BYTES,
        QUEUE_MAX_PRODUCERS,
        DATABASE_VENDOR, DATABASE_DSN, DATABASE_TIMEOUT_MS, DATABASE_START_WAIT_MS, DATABASE_LEASE_MS,
        FILESYSTEM_PATH,
        LOG_PATH, LOG_NAME,
        JOURNAL_DURABILITY, JOURNAL_SEGMENT_BYTES, JOURNAL_KEEP, JOURNAL_DIGEST_EVERY,
        ARCHIVE_DSN, ARCHIVE_KEEP_BYTES,
        RING_SIZE, RING_PROFILE, RING_WAITING, RING_INGRESS_BYTES);

    /** The sections, in the same order. */
    public static final List<String> SECTIONS = ALL.stream().map(Key::section).distinct().toList();

    private Keys() {
    }

    /** The key of this {@code section.name}, or {@code null} if there is none. */
    public static Key<?> ofPath(final String path) {
        for (final Key<?> key : ALL) {
            if (key.path().equals(path)) {
                return key;
            }
        }
        return null;
    }

    private static long heldBytesDefault(final Config config, final Machine machine) {
        final int copies = config.get(ARCHIVE_DSN).isEmpty() ? 1 : 2;
        final long half = Math.min(machine.memoryBytes() / 2 / copies, HELD_BYTES_DEFAULT_MAX);
        final long oneMessage = config.get(QUEUE_MAX_MESSAGE_LENGTH) + (long) Headers.ENCODED_LENGTH_MAX;
        return Math.max(half / MIB * MIB, roundUp(oneMessage, MIB));
    }

    private static int roundUp(final long value, final int step) {
        return Math.toIntExact((value + step - 1) / step * step);
    }
}
