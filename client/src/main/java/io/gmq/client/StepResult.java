package io.gmq.client;

/** What one of the {@link Steps} has come to: {@link Published} for a publish, {@link Settled} for all others. */
public sealed interface StepResult permits Published, Settled {
}
