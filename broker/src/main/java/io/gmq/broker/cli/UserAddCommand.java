package io.gmq.broker.cli;

import io.gmq.broker.auth.User;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a user. */
@Command(
    name = "add",
    description = {
        "Add a user.",
        "",
        "Without any right it may log in and do nothing. Rights are patterns over the",
        "names of queues and topics, as in bindings: words are parted by dots, * is any",
        "one word, a last > any one or more, and > alone is everything."
    },
    footer = {
        "",
        "  ./gmq user add shop --publish 'orders.>' --consume 'answers.shop'",
        "  ./gmq user add operator --admin",
        "  ./gmq user add meter --publish 'readings.*' --rate 100 --password-file secret",
        "  ./gmq user add alice --certificate-only --consume 'orders.>'",
        "",
        "'./gmq cert --name alice' makes a certificate for the last one."
    })
final class UserAddCommand extends UserOperation {
    @Parameters(paramLabel = "NAME", description = "The user's name.")
    private String name;

    @Option(names = "--publish", paramLabel = "PATTERN", description = "May publish to these queues and topics; may be repeated.")
    private List<String> publish = List.of();

    @Option(names = "--consume", paramLabel = "PATTERN", description = "May take from these queues, settle, and look at them; may be repeated.")
    private List<String> consume = List.of();

    @Option(names = "--configure", paramLabel = "PATTERN",
        description = "May set up, purge and delete these queues, bind these topics to them, and bring back what is parked; may be repeated.")
    private List<String> configure = List.of();

    @Option(names = "--admin", description = "May do everything.")
    private boolean admin;

    @Option(names = "--rate", paramLabel = "N", description = "Most requests a second, over all its connections (default: 0, as many as it likes).")
    private long rate;

    @Option(names = "--certificate-only", description = "Without a password: only a client certificate with this common name (CN) lets it in.")
    private boolean certificateOnly;

    @Mixin
    private NewPassword password;

    UserAddCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final User user = new User(name, null, publish, consume, configure, admin, rate);
        file().add(certificateOnly ? user : user.withHash(password.hash(shell, name)));
        out().println("added '" + shown(name) + "'");
        return ExitCodes.OK;
    }
}
