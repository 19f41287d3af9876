package io.gmq.journal.chronicle;

import static io.gmq.journal.chronicle.JournalFixture.keep;
import static io.gmq.journal.chronicle.JournalFixture.openAndCheck;
import static io.gmq.journal.chronicle.JournalFixture.recordOf;
import static io.gmq.journal.chronicle.JournalFixture.small;

import java.io.IOException;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;

/** The process that {@link KillNineIT} kills: appends for ever and says on standard output up to where records are written. */
final class KillNineWriter {
    private KillNineWriter() {
    }

    public static void main(final String[] args) throws IOException {
        try (ChronicleJournal journal = openAndCheck(small(Path.of(args[0])))) {
            long sequence = journal.recovery().lastSequence();
            for (int batch = 1; true; batch++) {
                for (int i = 0; i < batch % 40 + 1; i++) {
                    sequence++;
                    final UnsafeBuffer record = recordOf(sequence);
                    keep(journal);
                    journal.append(record, 0, record.capacity());
                }
                journal.commit();
                if (batch % 3 == 0) {
                    journal.sync();
                }
                System.out.println(sequence);
            }
        }
    }
}
