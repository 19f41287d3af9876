package io.gmq.bench.attack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;

/** The attacker's process: runs one attack until its standard input ends, and says when it has begun. */
final class Attacker {
    /** What it prints when it has begun. */
    static final String BEGUN = "begun";

    private Attacker() {
    }

    /** @param arguments the attack's name, and the broker's address and port. */
    public static void main(final String[] arguments) throws IOException {
        final InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(arguments[1]), Integer.parseInt(arguments[2]));
        final AtomicBoolean goesOn = new AtomicBoolean(true);
        final Thread end = new Thread(() -> {
            try {
                System.in.transferTo(OutputStream.nullOutputStream());
            } catch (final IOException e) {
                // that is an end too
            }
            goesOn.set(false);
        }, "end");
        end.setDaemon(true);
        end.start();
        Attacks.named(arguments[0]).run(new Target(address, goesOn::get, () -> System.out.println(BEGUN)));
    }
}
