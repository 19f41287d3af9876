package io.gmq.journal.chronicle;

import io.gmq.journal.disk.Disk;
import io.gmq.journal.disk.DiskFile;
import io.gmq.journal.disk.LocalDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The local disk, as if it had only so many bytes left for new files. */
final class SmallDisk {
    /** What the operating system says when there is no room. */
    static final String NO_SPACE = "No space left on device";

    final List<String> calls = new ArrayList<>();
    /** What it says is left. */
    long usableBytes = Long.MAX_VALUE;
    /** What can be written to files that are made from now on. */
    long writableBytes = Long.MAX_VALUE;
    /** Thrown by writes to such files once that is used up. */
    String failure = NO_SPACE;
    /** Whether syncs fail. */
    boolean isSyncFailing;

    Disk disk() {
        return proxy(Disk.class, LocalDisk.INSTANCE, this::onDisk);
    }

    private Object onDisk(final String name, final Object[] values, final Call call) throws Throwable {
        calls.add(name);
        if ("usableBytes".equals(name)) {
            return usableBytes;
        }
        final Object result = call.go();
        if (!"create".equals(name)) {
            return result;
        }
        final DiskFile file = (DiskFile) result;
        return proxy(DiskFile.class, file, (called, its, go) -> onFile(file, called, its, go));
    }

    /** What is written over does not cost anything. */
    private Object onFile(final DiskFile file, final String name, final Object[] values, final Call call) throws Throwable {
        if ("write".equals(name)) {
            final long growth = Math.max(0, (long) values[1] + ((ByteBuffer) values[0]).remaining() - file.size());
            writableBytes -= growth;
            if (growth > 0 && writableBytes < 0) {
                throw new IOException(failure);
            }
        }
        if ("force".equals(name) && isSyncFailing) {
            throw new IOException("Input/output error");
        }
        return call.go();
    }

    private static <T> T proxy(final Class<T> type, final T target, final Handler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
            (proxy, method, values) -> handler.on(method.getName(), values, () -> {
                try {
                    return method.invoke(target, values);
                } catch (final InvocationTargetException e) {
                    throw e.getCause();
                }
            })));
    }

    @FunctionalInterface
    private interface Handler {
        Object on(String name, Object[] values, Call call) throws Throwable;
    }

    @FunctionalInterface
    private interface Call {
        Object go() throws Throwable;
    }
}
