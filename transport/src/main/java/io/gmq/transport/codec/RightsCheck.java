package io.gmq.transport.codec;

import io.gmq.engine.api.RefusalCode;

/**
 * Whether who asks may do what a request asks for: each name that it touches is looked at, once its form is known to be good. Of
 * an atomic request the steps are looked at as they are read, and the first one that is not allowed is refused when the form of
 * all of them is known to be good.
 */
final class RightsCheck {
    private static final int NONE = -1;

    private final Request request;
    private Permission permission = Permission.ALL;
    private int forbiddenStep;
    private Right missing;
    private Member member;
    private String name;

    RightsCheck(final Request request) {
        this.request = request;
    }

    /** Begins a request of somebody who may do this. */
    void begin(final Permission its) {
        permission = its;
        forbiddenStep = NONE;
    }

    /** A step of an atomic request has been read, and its form is good. */
    void onStep() {
        if (permission != Permission.ALL && forbiddenStep == NONE && !isAllowed(request.operation)) {
            forbiddenStep = request.step;
        }
    }

    /** Refuses the request, whose form is good, unless it is allowed. */
    boolean check() {
        if (permission == Permission.ALL) {
            return true;
        }
        if (request.operation == Operation.ATOMIC) {
            return forbiddenStep == NONE || refuse(forbiddenStep);
        }
        return isAllowed(request.operation) || refuse(NONE);
    }

    private boolean isAllowed(final Operation operation) {
        return switch (operation) {
            case PUBLISH, P -> request.has(Member.TOPIC)
                ? has(Right.PUBLISH, Member.TOPIC, request.topic)
                : has(Right.PUBLISH, Member.QUEUE, request.queue);
            case TAKE, S, CONSUME, ACK, NACK, EXTEND, PARK, PEEK, LENGTH, L, DESCRIBE -> has(Right.CONSUME, Member.QUEUE, request.queue);
            case KICK, PURGE, DELETE -> has(Right.CONFIGURE, Member.QUEUE, request.queue);
            case CONFIGURE -> has(Right.CONFIGURE, Member.QUEUE, request.queue)
                && (request.settings.deadLetter.length() == 0 || has(Right.CONFIGURE, Member.DEAD_LETTER, request.settings.deadLetter));
            case BIND, UNBIND -> has(Right.CONFIGURE, Member.TOPIC, request.topic) && has(Right.CONFIGURE, Member.QUEUE, request.queue);
            case QUEUES -> isAdmin();
            case ATOMIC, MORE_CREDIT, CANCEL, HELLO, PING -> true;
        };
    }

    private boolean has(final Right right, final Member its, final Name about) {
        if (permission.allows(right, about.bytes(), about.length())) {
            return true;
        }
        missing = right;
        member = its;
        name = about.toString();
        return false;
    }

    private boolean isAdmin() {
        missing = Right.ADMIN;
        member = Member.OPERATION;
        return permission.allows(Right.ADMIN, request.queue.bytes(), 0);
    }

    private boolean refuse(final int step) {
        request.refusal.set(RefusalCode.FORBIDDEN, member, missing == Right.ADMIN
            ? "this user has not the right 'admin', which lists queues; the users' file gives it"
            : "this user has not the right '" + missing.word() + "' on '" + name + "'; the users' file gives it");
        request.refusal.inStep(step);
        return false;
    }
}
