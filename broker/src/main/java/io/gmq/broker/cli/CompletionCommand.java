package io.gmq.broker.cli;

import java.util.Iterator;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the script by which a shell completes this command line. */
@Command(
    name = "completion",
    description = "Print a script that lets bash or zsh complete 'gmq' with Tab.",
    footer = {
        "",
        "For this shell:",
        "  source <(./gmq completion bash)",
        "",
        "For each new one, once, in bash or zsh:",
        "  ./gmq completion bash >~/.gmq-completion",
        "  echo '. ~/.gmq-completion' >>~/.bashrc",
        "",
        "  ./gmq completion zsh >~/.gmq-completion",
        "  echo '. ~/.gmq-completion' >>~/.zshrc"
    })
final class CompletionCommand extends Operation {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", completionCandidates = Shells.class, description = "bash or zsh.")
    private String of;

    /** What can be named. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SHELLS.iterator();
        }
    }

    CompletionCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        if (!SHELLS.contains(of)) {
            throw wrong("no completion for '" + of + "'; there is bash and zsh");
        }
        // The same for both: in zsh the script turns on what zsh has for those of bash.
        out().print(AutoComplete.bash("gmq", spec.root().commandLine()));
        return ExitCodes.OK;
    }
}
