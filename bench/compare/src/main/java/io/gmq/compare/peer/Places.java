package io.gmq.compare.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where things are on this machine.
 *
 * @param programs  those that are installed.
 * @param java      the program that runs Java.
 * @param gmq       the folder of GMQ's distribution.
 * @param servers   the folder that has a folder for each server from Maven Central, with its jars.
 * @param launchers the folder of the sources that start servers which bring no program to start them.
 */
public record Places(Programs programs, Path java, Path gmq, Path servers, Path launchers) {
    private static final Pattern VERSION = Pattern.compile("(\\d[\\w.]*?)\\.jar");

    /** The class path of a server from Maven Central, if it was fetched: there must be a jar whose name begins so. */
    Optional<String> classPath(final String server, final String jar) {
        return jars(server).stream().anyMatch(file -> isVersionOf(file, jar))
            ? Optional.of(servers.resolve(server) + "/*")
            : Optional.empty();
    }

    /** The version in the name of a server's jar. */
    String versionOf(final String server, final String jar) {
        return jars(server).stream().filter(file -> isVersionOf(file, jar))
            .map(file -> file.substring(jar.length() + 1, file.length() - ".jar".length())).findFirst().orElse("unknown");
    }

    private static boolean isVersionOf(final String file, final String jar) {
        return file.startsWith(jar + "-") && VERSION.matcher(file.substring(jar.length() + 1)).matches();
    }

    private List<String> jars(final String server) {
        try (Stream<Path> files = Files.list(servers.resolve(server))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (final IOException e) {
            return List.of();
        }
    }
}
