package io.gmq.broker.cli;

import io.gmq.broker.config.Config;
import io.gmq.broker.config.ConfigLoader;
import io.gmq.broker.config.Keys;
import io.gmq.broker.config.Machine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options by which a person says how the broker shall run; the same for running it and for looking at its configuration. */
final class ConfigOptions {
    @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "Read the configuration from a JSON file.")
    private Path file;

    @Option(names = "--port", paramLabel = "N", description = "Listen on this port; 0 takes any free one.")
    private String port;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep the journal in this folder.")
    private String data;

    @Option(names = "--set", paramLabel = "SECTION.KEY=VALUE", description = "Set any key; may be repeated. 'gmq config' lists them.")
    private List<String> settings = List.of();

    /** Flags over environment over file over defaults. */
    Config load(final Map<String, String> environment) {
        final ConfigLoader loader = loader(file, environment);
        if (port != null) {
            loader.flag("--port", Keys.NETWORK_PORT, port);
        }
        if (data != null) {
            loader.flag("--data", Keys.FILESYSTEM_PATH, data);
        }
        settings.forEach(loader::set);
        return loader.load();
    }

    /** As a broker would have it without further flags; the file may be {@code null}. */
    static Config load(final Path file, final Map<String, String> environment) {
        return loader(file, environment).load();
    }

    private static ConfigLoader loader(final Path file, final Map<String, String> environment) {
        final ConfigLoader loader = new ConfigLoader(Machine.current());
        if (file != null) {
            loader.file(file);
        }
        return loader.environment(environment);
    }
}
