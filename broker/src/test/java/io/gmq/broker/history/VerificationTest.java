package io.gmq.broker.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.kit.Draft;
import io.gmq.engine.kit.Take;
import io.gmq.journal.RecoveryProgress;
import io.gmq.journal.snapshot.Snapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verification finds, and that it finds nothing where nothing is. */
class VerificationTest {
    @TempDir
    private Path data;

    private PastKit past;

    @BeforeEach
    void begin() {
        past = new PastKit(data);
    }

    @AfterEach
    void end() {
        past.close();
    }

    private void publish(final String... payloads) {
        for (final String payload : payloads) {
            past.apply(past.by(3).publish("q", Draft.of(payload)));
        }
    }

    private Verification.Result verify() {
        return new Verification(past.files(), RecoveryProgress.NONE).run();
    }

    /** Three segments with recovery points in all of them, and snapshots in the later two. */
    private void threeSegments() throws IOException {
        publish("one", "two");
        past.checkpoint();
        past.restart();
        publish("three");
        past.apply(past.by(4).take(Take.from("q"))).snapshot();
        publish("four");
        past.restart();
        publish("five");
        past.snapshot();
        publish("six");
    }

    @Test
    void shouldFindAllRight() throws IOException {
        threeSegments();
        final Verification.Result result = verify();
        assertThat(result.findings()).isEmpty();
        assertThat(result.records()).isEqualTo(past.sequence()).isEqualTo(result.lastSequence());
        assertThat(result.digestsRight()).isEqualTo(3);
        assertThat(result.snapshotsRight()).isEqualTo(2);
        assertThat(result.snapshotsCompared()).isEqualTo(2);
        assertThat(result.digest()).isEqualTo(past.digest());
        assertThat(result.messages()).isEqualTo(6);
    }

    @Test
    void shouldGiveTheSameDigestInAnyLocaleAndZone() throws IOException {
        threeSegments();
        final long digest = verify().digest();
        final Locale locale = Locale.getDefault();
        final TimeZone zone = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            final Verification.Result result = verify();
            assertThat(result.findings()).isEmpty();
            assertThat(result.digest()).isEqualTo(digest);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void shouldNameAWrongDigest() {
        publish("one");
        past.apply(past.by(CommandHeader.HOST).plain(CommandType.CHECKPOINT));
        publish("two");
        past.apply(past.by(CommandHeader.HOST).digest(past.digest()));
        final Verification.Result result = verify();
        assertThat(result.digestsRight()).isZero();
        assertThat(result.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.what()).contains("says that the state at ", Verification.hex(past.digest()));
            assertThat(finding.file()).isEqualTo(PastKit.files(data).get(0));
            assertThat(finding.offset()).isPositive();
        });
    }

    @Test
    void shouldSkipARecoveryPointThatWasNotFinished() {
        publish("one");
        past.apply(past.by(CommandHeader.HOST).plain(CommandType.CHECKPOINT)).restart();
        publish("two");
        past.checkpoint();
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().digestsRight()).isEqualTo(1);
    }

    @Test
    void shouldNameEachDamagedPlaceAndGoOnFromTheNextSnapshot() throws IOException {
        threeSegments();
        past.close();
        PastKit.spoil(PastKit.files(data).get(0), "one");
        PastKit.spoil(PastKit.files(data).get(1), "three");
        final Verification.Result result = verify();
        assertThat(result.findings()).hasSize(2).allSatisfy(finding -> assertThat(finding.what()).contains("a batch does not have its checksum"));
        assertThat(result.findings()).extracting(Verification.Finding::file).containsExactly(PastKit.files(data).get(0), PastKit.files(data).get(1));
        assertThat(result.records()).isEqualTo(past.sequence() - 2);
        assertThat(result.digest()).as("known by the snapshots").isEqualTo(past.digest());
    }

    @Test
    void shouldSayThatTheStateIsNotKnownBehindDamage() throws IOException {
        publish("one", "two", "three");
        past.close();
        PastKit.spoil(PastKit.files(data).get(0), "two");
        final Verification.Result result = verify();
        assertThat(result.stateSequence()).isEqualTo(-1);
        assertThat(result.findings()).hasSize(2);
        assertThat(result.findings().get(1).what()).contains("cannot be known");
    }

    @Test
    void shouldNameAMissingSegment() throws IOException {
        threeSegments();
        past.close();
        PastKit.delete(PastKit.files(data).get(1).getParent());
        final Verification.Result result = verify();
        assertThat(result.findings()).isNotEmpty();
        assertThat(result.findings().get(0).what()).contains("the records between are missing");
        assertThat(result.digest()).isEqualTo(past.digest());
    }

    @Test
    void shouldBeginFromASnapshotWhereOlderSegmentsAreGone() throws IOException {
        threeSegments();
        PastKit.delete(PastKit.files(data).get(0).getParent());
        final Verification.Result result = verify();
        assertThat(result.findings()).isEmpty();
        assertThat(result.snapshotsRight()).isEqualTo(2);
        assertThat(result.snapshotsCompared()).as("the first one is where the state comes from").isEqualTo(1);
        assertThat(result.digest()).isEqualTo(past.digest());
    }

    @Test
    void shouldNameADamagedSnapshot() throws IOException {
        threeSegments();
        final Path snapshot = past.files().snapshots().list().get(0);
        PastKit.spoil(snapshot, "one");
        assertThat(verify().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.file()).isEqualTo(snapshot);
            assertThat(finding.what()).startsWith("snapshot " + snapshot + " at offset ");
        });
    }

    @Test
    void shouldNameASnapshotThatIsNotOfThisHistory() throws IOException {
        threeSegments();
        final Path other = Files.createTempDirectory(data.getParent(), "other");
        try (PastKit elsewhere = new PastKit(other)) {
            elsewhere.apply(elsewhere.by(3).publish("q", Draft.of("another")));
            while (elsewhere.sequence() + 1 < past.files().snapshots().list().stream().mapToLong(Snapshots::sequence).min()
                .orElseThrow()) {
                elsewhere.apply(elsewhere.by(3).publish("q", Draft.of("more")));
            }
            elsewhere.snapshot();
            final Path theirs = elsewhere.files().snapshots().list().get(0);
            Files.copy(theirs, past.files().snapshots().list().get(0), StandardCopyOption.REPLACE_EXISTING);
        }
        assertThat(verify().findings()).singleElement().satisfies(finding ->
            assertThat(finding.what()).contains("holds a state that hashes to", "replayed it hashes to"));
    }
}
