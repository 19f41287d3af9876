package io.gmq.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompletionCommandTest {
    @Test
    void shouldCompleteCommandsOptionsAndWords() {
        final CommandRun run = CommandRun.of("completion", "bash");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("complete -F _complete_gmq -o default gmq ", "bashcompinit")
            .contains("commands=\"configure describe delete\"", "commands=\"ls dump verify at trace replay repair\"", "'--max-attempts'", "\"drop_oldest\"", "\"parked\"", "\"synced\"");
        assertThat(CommandRun.of("completion", "zsh")).isEqualTo(run);
    }

    @Test
    void shouldRefuseAShellItDoesNotKnow() {
        final CommandRun run = CommandRun.of("completion", "fish");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("no completion for 'fish'; there is bash and zsh");
    }
}
