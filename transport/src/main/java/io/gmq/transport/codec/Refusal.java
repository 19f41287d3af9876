package io.gmq.transport.codec;

import io.gmq.engine.api.RefusalCode;

/** The first thing found wrong with a request; later ones do not replace it. Reused from request to request. */
final class Refusal {
    private RefusalCode code;
    private String member;
    private String text;
    private long limit;
    private long offset;
    private int step;
    private long retryAfterMs;

    void clear() {
        code = null;
    }

    boolean isSet() {
        return code != null;
    }

    void set(final RefusalCode its, final Member wrong, final String words) {
        set(its, wrong == null ? "" : wrong.word(), words);
    }

    void set(final RefusalCode its, final String wrong, final String words) {
        set(its, wrong, words, -1, -1);
    }

    void set(final RefusalCode its, final String wrong, final String words, final long bound, final long place) {
        if (code == null) {
            replace(its, wrong, words);
            limit = bound;
            offset = place;
        }
    }

    /** Refuses a member as wrong; false, for whoever asks whether it is good. */
    boolean refuse(final Member wrong, final String words) {
        set(RefusalCode.BAD_REQUEST, wrong, words);
        return false;
    }

    /** Puts a graver fault in the place of one found before. */
    void replace(final RefusalCode its, final String wrong, final String words) {
        code = its;
        member = wrong;
        text = words;
        limit = -1;
        offset = -1;
        step = -1;
        retryAfterMs = -1;
    }

    /** Says which step of an atomic request it is about. */
    void inStep(final int index) {
        step = index;
    }

    /** Says when it makes sense to try again, where that is not as always. */
    void retryAfterMs(final long ms) {
        retryAfterMs = ms;
    }

    RefusalCode code() {
        return code;
    }

    String member() {
        return member;
    }

    String text() {
        return text;
    }

    long limit() {
        return limit;
    }

    long offset() {
        return offset;
    }

    int step() {
        return step;
    }

    long retryAfterMs() {
        return retryAfterMs;
    }
}
