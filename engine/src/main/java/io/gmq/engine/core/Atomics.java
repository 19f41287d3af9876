package io.gmq.engine.core;

import io.gmq.engine.api.AtomicCommand;
import io.gmq.engine.api.CommandHeader;
import io.gmq.engine.api.CommandType;
import io.gmq.engine.api.PublishCommand;
import io.gmq.engine.api.SettleCommand;

/** Several steps that are done all or none: each is planned as if those before it were done, and only then the first is done. */
final class Atomics {
    private final Current current;
    private final Publishing publishing;
    private final Settling settling;
    private final PublishCommand publish = new PublishCommand();
    private final SettleCommand settle = new SettleCommand();

    Atomics(final Current current, final Publishing publishing, final Settling settling) {
        this.current = current;
        this.publishing = publishing;
        this.settling = settling;
    }

    boolean apply(final AtomicCommand steps) {
        publishing.beginPlan();
        settling.beginPlan();
        for (int step = 0; step < steps.count(); step++) {
            steps.next();
            current.beginStep(step, steps.stepOffset());
            if (!plan(steps.stepOffset())) {
                return false;
            }
        }
        current.endSteps();
        current.effects.beginAtomic(current.to);
        boolean isChanged = false;
        steps.rewind();
        for (int step = 0; step < steps.count(); step++) {
            steps.next();
            current.beginStep(step, steps.stepOffset());
            isChanged |= carryOut(steps.stepOffset());
        }
        current.endSteps();
        current.effects.endAtomic();
        return isChanged;
    }

    private boolean plan(final int offset) {
        final CommandType type = CommandHeader.type(current.command, offset);
        if (type != CommandType.PUBLISH) {
            return settling.plan(type, settle.wrap(current.command, offset));
        }
        return publishing.plan(publish.wrap(current.command, offset));
    }

    private boolean carryOut(final int offset) {
        final CommandType type = CommandHeader.type(current.command, offset);
        if (type != CommandType.PUBLISH) {
            return settling.settle(type, settle.wrap(current.command, offset));
        }
        publish.wrap(current.command, offset);
        publishing.aim(publish);
        return publishing.carryOut(publish);
    }
}
