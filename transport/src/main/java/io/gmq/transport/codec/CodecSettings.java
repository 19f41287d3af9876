package io.gmq.transport.codec;

import io.gmq.engine.api.Durability;
import io.gmq.engine.api.Limits;
import io.gmq.engine.api.RefusalCode;

/**
 * What the codec must know of the broker it speaks for.
 *
 * @param limits            the engine's bounds, for {@code hello} and for the size of replies.
 * @param maxFrameLength    bytes of the longest frame in either direction.
 * @param durabilityDefault the level of replies to requests that name none.
 * @param durabilityMax     the highest level that the storage can give.
 * @param storage           the storage's name.
 * @param software          the broker's name and version.
 */
public record CodecSettings(
    Limits limits, int maxFrameLength, Durability durabilityDefault, Durability durabilityMax, String storage, String software) {

    /** From which level on messages are given out, where the storage can give any. */
    Durability ofDeliveries() {
        return durabilityMax == Durability.MEMORY ? Durability.MEMORY : Durability.WRITTEN;
    }

    void refuseLevel(final Refusal refusal, final Durability asked) {
        refusal.set(RefusalCode.UNSUPPORTED, Member.DURABILITY,
            "storage '" + storage + "' cannot give durability '" + asked.level() + "'; it gives up to '" + durabilityMax.level() + "'");
    }
}
