package io.gmq.broker.cli;

import io.gmq.broker.auth.UsersFile;
import io.gmq.broker.config.Config;
import io.gmq.broker.config.Keys;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which users' file is meant. */
final class UsersOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--users", paramLabel = "FILE", description = "The users' file (default: what GMQ_AUTH_USERS says, or the file of -f).")
    private Path users;

    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "The broker's configuration, which names the users' file.")
    private Path configuration;

    UsersFile file(final Map<String, String> environment) {
        if (users != null) {
            return new UsersFile(users);
        }
        final Config config = ConfigOptions.load(configuration, environment);
        if (config.get(Keys.AUTH_USERS).toString().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "there is no users' file; name it with --users, or with auth.users in the file of -f");
        }
        return new UsersFile(config.get(Keys.AUTH_USERS));
    }
}
