package io.gmq.broker.cli;

import io.gmq.broker.auth.User;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the users. */
@Command(
    name = "ls",
    description = "List the users and their rights.",
    footer = {
        "",
        "With --json, one object for each user: user, password (whether it has one),",
        "admin, publish, consume, configure (patterns), rate (0: no bound)."
    })
final class UserLsCommand extends UserOperation {
    @Option(names = "--json", description = "Print one JSON object per user.")
    private boolean json;

    UserLsCommand(final Shell shell) {
        super(shell);
    }

    @Override
    public Integer call() {
        final List<User> users = file().read();
        if (json) {
            users.forEach(user -> out().println(json(user)));
        } else {
            final Table table = new Table(10, "user", "password", "rate", "rights").textLast();
            users.forEach(user -> table.row(shown(user.name()), user.hash() == null ? "none" : "yes", user.rate() == 0 ? "-" : user.rate() + "/s",
                user.rights().isEmpty() ? "none" : shown(String.join(", ", user.rights()))));
            print(table);
        }
        return ExitCodes.OK;
    }

    private static String json(final User user) {
        return new JsonLine().with("user", user.name()).with("password", user.hash() != null).with("admin", user.isAdmin())
            .with("publish", quoted(user.publish())).with("consume", quoted(user.consume())).with("configure", quoted(user.configure()))
            .with("rate", user.rate()).toString();
    }

    private static List<String> quoted(final List<String> texts) {
        return texts.stream().map(text -> {
            final StringBuilder string = new StringBuilder();
            JsonLine.string(string, text);
            return string.toString();
        }).collect(Collectors.toList());
    }
}
