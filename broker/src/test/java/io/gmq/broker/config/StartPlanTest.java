package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartPlanTest {
    private static StartPlan plan(final String... assignments) {
        return StartPlan.of(Configs.of(assignments), Configs.MACHINE);
    }

    private static String host(final StartPlan plan) {
        return plan.address().getAddress().getHostAddress();
    }

    @Test
    void shouldListenOnLoopbackAndSaySo() {
        final StartPlan plan = plan();
        assertThat(host(plan)).isEqualTo("127.0.0.1");
        assertThat(plan.address().getPort()).isEqualTo(4884);
        assertThat(plan.warnings()).containsExactly(
            "there are no accounts, so the broker listens on 127.0.0.1 only; auth.users makes it ask who clients are, "
                + "network.allow_open=true opens it to everybody");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,tcp,127.0.0.1", "0.0.0.0,tcp4,127.0.0.1", "192.0.2.1,tcp,127.0.0.1", "::,tcp,0:0:0:0:0:0:0:1", "::,tcp6,0:0:0:0:0:0:0:1",
        "[::],tcp6,0:0:0:0:0:0:0:1",
    })
    void shouldListenOnLoopbackInsteadOfAConfiguredInterface(final String given, final String protocol, final String host) {
        final StartPlan plan = plan("network.interface=" + given, "network.protocol=" + protocol);
        assertThat(host(plan)).isEqualTo(host);
        assertThat(plan.warnings()).containsExactly("there are no accounts, so the broker listens on " + host
            + " only, not on network.interface '" + given + "' (flag --set); auth.users makes it ask who clients are, network.allow_open=true opens it to everybody");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1,tcp,127.0.0.1", "127.0.0.2,tcp4,127.0.0.2", "::1,tcp,0:0:0:0:0:0:0:1", "[::1],tcp6,0:0:0:0:0:0:0:1"})
    void shouldListenOnAConfiguredLoopbackWithoutAWord(final String given, final String protocol, final String host) {
        final StartPlan plan = plan("network.interface=" + given, "network.protocol=" + protocol);
        assertThat(host(plan)).isEqualTo(host);
        assertThat(plan.warnings()).isEmpty();
    }

    @Test
    void shouldChooseLoopbackOfTheProtocol() {
        assertThat(host(plan("network.protocol=tcp4"))).isEqualTo("127.0.0.1");
        assertThat(host(plan("network.protocol=tcp6"))).isEqualTo("0:0:0:0:0:0:0:1");
    }

    @Test
    void shouldListenBeyondLoopbackWhereThatIsAllowed() {
        final StartPlan plan = plan("network.interface=0.0.0.0", "network.allow_open=true", "network.port=0");
        assertThat(host(plan)).isEqualTo("0.0.0.0");
        assertThat(plan.address().getPort()).isZero();
        assertThat(plan.warnings()).containsExactly(
            "network.allow_open is true (flag --set): whoever reaches 0.0.0.0 may use this broker without a password");
        assertThat(plan("network.allow_open=true").address().getAddress().isAnyLocalAddress()).isTrue();
        assertThat(host(plan("network.allow_open=true", "network.protocol=tcp4"))).isEqualTo("0.0.0.0");
        assertThat(host(plan("network.allow_open=true", "network.protocol=tcp6"))).isEqualTo("0:0:0:0:0:0:0:0");
    }

    @Test
    void shouldRefuseAnInterfaceThatDoesNotGoWithTheProtocol() {
        assertThat(Configs.refusalOf(() -> plan("network.interface=0.0.0.0", "network.protocol=tcp6"))).isEqualTo(
            "network.interface is '0.0.0.0' (flag --set) has no address that goes with network.protocol 'tcp6' (flag --set)");
        assertThat(Configs.refusalOf(() -> plan("network.interface=::1", "network.protocol=tcp4"))).contains("tcp4");
    }

    @Test
    void shouldRefuseAnInterfaceThatIsNone() {
        assertThat(Configs.refusalOf(() -> plan("network.interface=not an address")))
            .isEqualTo("network.interface is 'not an address' (flag --set); it must be an address or a known host name");
        assertThat(Configs.refusalOf(() -> plan("network.interface=[::1"))).startsWith("network.interface is '[::1'");
    }

    @Test
    void shouldListenWhereTheOriginalsFileSaysSinceItsAccountProtectsIt() {
        final StartPlan plan = plan("auth.user=someone", "auth.password=hunter2", "network.port=48844", "network.interface=0.0.0.0",
            "network.protocol=tcp4", "queue.queue_type=1", "cluster.cluster_port=4812", "cluster.timeout_msec=4000");
        assertThat(host(plan)).isEqualTo("0.0.0.0");
        assertThat(plan.warnings()).containsExactly(
            "auth.password is given as an argument (flag --set), which every process of this machine can read; give it in the file or as GMQ_AUTH_PASSWORD",
            "names and passwords cross the network readably on 0.0.0.0:48844; auth.require_tls refuses them there");
    }

    @Test
    void shouldWarnOfAPasswordOnlyWhereOthersCanReadIt() {
        final Config config = Configs.loader().environment(Map.of("GMQ_AUTH_USER", "u", "GMQ_AUTH_PASSWORD", "hunter2", "GMQ_NETWORK_INTERFACE", "127.0.0.1"))
            .load();
        assertThat(StartPlan.of(config, Configs.MACHINE).warnings()).isEmpty();
    }

    @Test
    void shouldListenBeyondLoopbackWithAUsersFileAndWarnOnlyOfWhatCanBeRead() {
        assertThat(host(plan("auth.users=users", "network.interface=0.0.0.0"))).isEqualTo("0.0.0.0");
        assertThat(plan("auth.users=users", "network.interface=0.0.0.0", "auth.require_tls=true").warnings()).isEmpty();
        assertThat(plan("auth.users=users", "network.interface=127.0.0.1").warnings()).isEmpty();
        assertThat(plan("auth.users=users", "network.interface=0.0.0.0", "network.allow_open=true").warnings()).hasSize(1).first().asString()
            .startsWith("names and passwords cross the network readably");
    }

    @Test
    void shouldRefuseHalfAnAccount() {
        assertThat(Configs.refusalOf(() -> plan("auth.user=someone")))
            .isEqualTo("auth.user is 'someone' (flag --set) and auth.password is empty; give both, or neither");
        assertThat(Configs.refusalOf(() -> plan("auth.password=hunter2")))
            .isEqualTo("auth.password is '***' (flag --set) and auth.user is empty; give both, or neither");
        assertThat(Configs.refusalOf(() -> plan("auth.user=x", "auth.password=" + "hunter2".repeat(200))))
            .isEqualTo("auth.password (flag --set) has more than 1024 bytes");
        assertThat(Configs.refusalOf(() -> plan("auth.require_tls=true")))
            .isEqualTo("auth.require_tls is 'true' (flag --set); there are no accounts, give auth.users, or auth.user and auth.password");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cluster.proto=udp", "cluster.cluster_port=1", "cluster.timeout_msec=1s", "cluster.cidr=10.0.0.0/8"})
    void shouldWarnOfAClusterThatIsNotThere(final String assignment) {
        final String key = assignment.substring(0, assignment.indexOf('='));
        assertThat(plan("network.interface=127.0.0.1", assignment).warnings())
            .containsExactly("a cluster is not in this release: nothing comes of " + key + " (flag --set)");
    }

    @Test
    void shouldListenForTlsWhereThereIsACertificate() {
        assertThat(plan().tlsAddress()).isEmpty();
        final StartPlan both = plan("tls.certificate=cert.pem");
        assertThat(both.plainAddress().orElseThrow().getPort()).isEqualTo(4884);
        assertThat(both.tlsAddress().orElseThrow().getPort()).isEqualTo(4885);
        assertThat(both.tlsAddress().orElseThrow().getAddress().getHostAddress()).isEqualTo("127.0.0.1");
        assertThat(both.address()).isEqualTo(both.plainAddress().orElseThrow());
        final StartPlan only = plan("tls.certificate=cert.pem", "network.port=none", "tls.port=0");
        assertThat(only.plainAddress()).isEmpty();
        assertThat(only.address()).isEqualTo(only.tlsAddress().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', value = {
        "network.port=none# network.port is 'none' (flag --set), and without tls.certificate there is no port with TLS either; give one of them",
        "tls.key=k# tls.key is 'k' (flag --set) and tls.certificate is not given; give it too",
        "tls.client_ca=c# tls.client_ca is 'c' (flag --set) and tls.certificate is not given; give it too",
        "tls.require_client_certificate=true# tls.require_client_certificate is 'true' (flag --set) and tls.client_ca is not given; "
            + "give the file of the certificates that vouch for clients",
    })
    void shouldRefuseHalfOfTls(final String assignment, final String refusal) {
        assertThat(Configs.refusalOf(() -> plan(assignment))).isEqualTo(refusal);
    }

    @Test
    void shouldRefuseOnePortForBoth() {
        assertThat(Configs.refusalOf(() -> plan("tls.certificate=c", "tls.port=4884"))).isEqualTo(
            "tls.port is '4884' (flag --set), the same as network.port; choose another, or network.port none");
        assertThatCode(() -> plan("tls.certificate=c", "tls.port=0", "network.port=0")).doesNotThrowAnyException();
    }

    @Test
    void shouldCountMessagesTwiceWhereAnArchiveHoldsThemToo() {
        assertThat(plan("network.interface=127.0.0.1", "queue.max_held_bytes=4GiB", "archive.dsn=u:p@(h)/d").warnings()).isEmpty();
        assertThat(plan("network.interface=127.0.0.1", "queue.max_held_bytes=5GiB", "archive.dsn=u:p@(h)/d").warnings()).containsExactly(
            "queue.max_held_bytes is '5GiB' (flag --set), twice that with archive.dsn, more than the 8589934592 bytes of memory that this machine has");
    }

    @Test
    void shouldWarnOfMoreMemoryThanThereIs() {
        assertThat(plan("network.interface=127.0.0.1", "queue.max_held_bytes=9GiB").warnings()).containsExactly(
            "queue.max_held_bytes is '9GiB' (flag --set), more than the 8589934592 bytes of memory that this machine has");
        assertThat(plan("network.interface=127.0.0.1", "queue.max_held_bytes=8GiB").warnings()).isEmpty();
    }

    @Test
    void shouldRefuseLevelsThatTheStorageCannotGive() {
        assertThat(Configs.refusalOf(() -> plan("journal.durability=replicated"))).contains("'replicated'", "not in this release");
        for (final String level : List.of("written", "synced")) {
            assertThat(Configs.refusalOf(() -> plan("journal.durability=" + level, "queue.queue_type=memory")))
                .startsWith("journal.durability is '" + level + "' (flag --set); storage 'memory' (flag --set) keeps nothing");
            assertThatCode(() -> plan("journal.durability=" + level)).doesNotThrowAnyException();
        }
        assertThatCode(() -> plan("journal.durability=memory", "queue.queue_type=memory")).doesNotThrowAnyException();
        assertThatCode(() -> plan("journal.durability=memory")).doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseToSpinOnTooFewCores() {
        final Config spinning = Configs.of("ring.waiting=spin");
        assertThat(Configs.refusalOf(() -> StartPlan.refuseSpinning(spinning, 2, 3))).isEqualTo("ring.waiting is 'spin' (flag --set); "
            + "it needs a core for each of 3 spinning threads and this machine has 2; use park, or fewer threads with ring.profile");
        assertThatCode(() -> StartPlan.refuseSpinning(spinning, 3, 3)).doesNotThrowAnyException();
        assertThatCode(() -> StartPlan.refuseSpinning(Configs.of(), 1, 4)).doesNotThrowAnyException();
    }
}
