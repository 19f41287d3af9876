package io.gmq.bench.attack;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;

/** Connections that come and go: a flood of them, or some that break off in the middle of a frame. */
final class Passers implements Attack {
    private final String name;
    private final String what;
    private final int held;
    private final byte[] text;
    private final long pauseMicros;

    /**
     * @param held        how many of them are open at a time; the oldest is broken when there is another.
     * @param text        what each sends.
     * @param pauseMicros between two.
     */
    Passers(final String name, final String what, final int held, final String text, final long pauseMicros) {
        this.name = name;
        this.what = what;
        this.held = held;
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.pauseMicros = pauseMicros;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String what() {
        return what;
    }

    @Override
    public void run(final Target target) throws IOException {
        final ArrayDeque<SocketChannel> open = new ArrayDeque<>();
        while (target.goesOn()) {
            final SocketChannel channel = target.tryConnect();
            if (channel != null) {
                Target.send(channel, ByteBuffer.wrap(text));
                open.add(channel);
            }
            if (open.size() > held) {
                Target.reset(open.poll());
                target.hasBegun();
            }
            Target.pause(pauseMicros);
        }
        open.forEach(Target::reset);
    }
}
