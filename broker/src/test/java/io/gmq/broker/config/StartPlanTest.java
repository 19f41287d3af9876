package io.gmq.broker.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
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
            "no accounts are enforced, so the broker listens on 127.0.0.1 only; network.allow_open=true opens it to the network");
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,tcp,127.0.0.1", "0.0.0.0,tcp4,127.0.0.1", "192.0.2.1,tcp,127.0.0.1", "::,tcp,0:0:0:0:0:0:0:1", "::,tcp6,0:0:0:0:0:0:0:1",
        "[::],tcp6,0:0:0:0:0:0:0:1",
    })
    void shouldListenOnLoopbackInsteadOfAConfiguredInterface(final String given, final String protocol, final String host) {
        final StartPlan plan = plan("network.interface=" + given, "network.protocol=" + protocol);
        assertThat(host(plan)).isEqualTo(host);
        assertThat(plan.warnings()).containsExactly("no accounts are enforced, so the broker listens on " + host
            + " only, not on network.interface '" + given + "' (flag --set); network.allow_open=true opens it to the network");
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
    void shouldStartTheOriginalFileOnLoopbackWithItsWarnings() {
        final StartPlan plan = plan("auth.user=someone", "auth.password=hunter2", "network.port=48844", "network.interface=0.0.0.0",
            "network.protocol=tcp4", "queue.queue_type=1", "cluster.cluster_port=4812", "cluster.timeout_msec=4000");
        assertThat(host(plan)).isEqualTo("127.0.0.1");
        assertThat(plan.warnings()).hasSize(2).first().isEqualTo("accounts come with a later release and are not enforced yet: "
            + "no password is asked for, in spite of auth.user (flag --set), auth.password (flag --set)");
        assertThat(plan.warnings().get(1)).contains("127.0.0.1 only, not on network.interface '0.0.0.0'");
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
