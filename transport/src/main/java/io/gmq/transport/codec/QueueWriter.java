package io.gmq.transport.codec;

import io.gmq.engine.api.Count;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.QueueCounts;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.Setting;
import java.util.stream.Stream;

/** Writes the settings and counts of a queue, in the order of their enums. */
final class QueueWriter {
    private static final Setting[] SETTINGS = Setting.values();
    private static final Count[] COUNTS = Count.values();
    private static final byte[][] SETTING_NAMES = Stream.of(SETTINGS).map(its -> JsonWriter.name(its.word())).toArray(byte[][]::new);
    private static final byte[][] COUNT_NAMES = Stream.of(COUNTS).map(its -> JsonWriter.name(its.word())).toArray(byte[][]::new);
    private static final byte[][] ON_FULL =
        Stream.of(OnFull.values()).map(its -> JsonWriter.ascii('"' + its.word() + '"')).toArray(byte[][]::new);
    private static final byte[] DEAD_LETTER = JsonWriter.name("dead_letter");
    private static final byte[] TRUE = JsonWriter.ascii("true");
    private static final byte[] FALSE = JsonWriter.ascii("false");

    private final JsonWriter json;

    QueueWriter(final JsonWriter json) {
        this.json = json;
    }

    void settings(final QueueSettings settings) {
        for (final Setting setting : SETTINGS) {
            final long value = settings.get(setting);
            json.member(SETTING_NAMES[setting.ordinal()]);
            switch (setting) {
                case ON_FULL -> json.raw(ON_FULL[(int) value]);
                case PAUSED -> json.raw(value == 0 ? FALSE : TRUE);
                default -> json.number(value);
            }
        }
        json.member(DEAD_LETTER).string(settings.deadLetter(), 0, settings.deadLetterLength());
    }

    void counts(final QueueCounts counts) {
        for (final Count count : COUNTS) {
            final long value = counts.get(count);
            if (value != Count.NONE) {
                json.member(COUNT_NAMES[count.ordinal()]).number(value);
            }
        }
    }

    /** The counts that are told where only the length is asked for. */
    void length(final int ready, final int delayed, final int leased, final int parked) {
        count(Count.LENGTH, ready + delayed + leased + parked);
        count(Count.READY, ready);
        count(Count.DELAYED, delayed);
        count(Count.LEASED, leased);
        count(Count.PARKED, parked);
    }

    private void count(final Count count, final long value) {
        json.member(COUNT_NAMES[count.ordinal()]).number(value);
    }
}
