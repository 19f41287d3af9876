package io.gmq.transport.codec;

import io.gmq.engine.api.ConfigureCommand;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.OnFull;
import io.gmq.engine.api.QueueSettings;
import io.gmq.engine.api.Setting;
import java.util.stream.Stream;

/** Reads the settings of a queue that a request gives, and notes which they are. */
final class SettingsReader {
    private static final Setting[] SETTINGS = Setting.values();
    private static final Words ON_FULL = Words.of(Stream.of(OnFull.values()).map(OnFull::word).toArray(String[]::new));

    final QueueSettings settings = new QueueSettings();
    final Name deadLetter = new Name();

    private final JsonReader reader;
    private final ValueReader values;
    private final Limits limits;
    private int given;

    SettingsReader(final JsonReader reader, final ValueReader values, final Limits limits) {
        this.reader = reader;
        this.values = values;
        this.limits = limits;
    }

    void clear() {
        if (given != 0) {
            for (final Setting setting : SETTINGS) {
                settings.set(setting, 0);
            }
            deadLetter.clear();
            settings.deadLetter(deadLetter.buffer(), 0, 0);
            given = 0;
        }
    }

    /** As {@link ConfigureCommand#given}. */
    int given() {
        return given;
    }

    /** Reads the value of a member that is a setting and nothing else; says whether it is good. */
    boolean read(final Member member) {
        return switch (member) {
            case CAPACITY -> readInteger(member, 1, limits.maxQueueCapacity(), Setting.CAPACITY);
            case MAX_MESSAGE_LENGTH -> readInteger(member, 1, limits.maxMessageLength(), Setting.MAX_MESSAGE_LENGTH);
            case MAX_ATTEMPTS -> readInteger(member, 0, Limits.MAX_ATTEMPTS_MAX, Setting.MAX_ATTEMPTS);
            case DEAD_LETTER -> readDeadLetter(member);
            case ON_FULL -> readOnFull(member);
            case PAUSED -> values.readBoolean(member) && give(Setting.PAUSED, values.isTrue ? 1 : 0);
            default -> throw new IllegalArgumentException(member.word());
        };
    }

    private boolean readInteger(final Member member, final long least, final long most, final Setting setting) {
        return values.readInteger(member, least, most) && give(setting, reader.number());
    }

    private boolean readDeadLetter(final Member member) {
        if (!values.readName(member, deadLetter, 0)) {
            return false;
        }
        settings.deadLetter(deadLetter.buffer(), 0, deadLetter.length());
        given |= ConfigureCommand.DEAD_LETTER;
        return true;
    }

    private boolean readOnFull(final Member member) {
        final int word = values.readWord(member, ON_FULL);
        return word >= 0 && give(Setting.ON_FULL, word);
    }

    /** Notes a setting that other operations have as a member too. */
    boolean give(final Setting setting, final long value) {
        settings.set(setting, value);
        given |= setting.bit();
        return true;
    }
}
