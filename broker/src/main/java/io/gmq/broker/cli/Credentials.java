package io.gmq.broker.cli;

/**
 * Who somebody says to be, to a broker that has accounts.
 *
 * @param user     the name.
 * @param password a secret.
 */
public record Credentials(String user, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return "user '" + user + "'";
    }
}
