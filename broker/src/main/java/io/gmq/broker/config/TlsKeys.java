package io.gmq.broker.config;

import java.nio.file.Path;
import java.util.List;

/** What must hold between the keys of section {@code tls} and the ports. Files are not looked at here. */
final class TlsKeys {
    private TlsKeys() {
    }

    /** @throws ConfigException if one is given without what it needs. */
    static void check(final Config config) {
        final boolean hasTls = isGiven(config, Keys.TLS_CERTIFICATE);
        if (!hasTls && config.get(Keys.NETWORK_PORT) == Keys.NO_PORT) {
            throw new ConfigException(config.sentence(Keys.NETWORK_PORT)
                + ", and without tls.certificate there is no port with TLS either; give one of them");
        }
        for (final Key<Path> key : List.of(Keys.TLS_KEY, Keys.TLS_CLIENT_CA)) {
            if (!hasTls && isGiven(config, key)) {
                throw new ConfigException(config.sentence(key) + " and tls.certificate is not given; give it too");
            }
        }
        if (config.get(Keys.TLS_REQUIRE_CLIENT_CERTIFICATE) && !isGiven(config, Keys.TLS_CLIENT_CA)) {
            throw new ConfigException(config.sentence(Keys.TLS_REQUIRE_CLIENT_CERTIFICATE)
                + " and tls.client_ca is not given; give the file of the certificates that vouch for clients");
        }
        if (hasTls && config.get(Keys.TLS_PORT) != 0 && config.get(Keys.TLS_PORT).equals(config.get(Keys.NETWORK_PORT))) {
            throw new ConfigException(config.sentence(Keys.TLS_PORT) + ", the same as network.port; choose another, or network.port none");
        }
    }

    private static boolean isGiven(final Config config, final Key<Path> key) {
        return !config.get(key).toString().isEmpty();
    }
}
