package io.gmq.compare;

import io.gmq.bench.report.MachineInfo;
import io.gmq.bench.report.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the figures were made on. */
final class Machine {
    private static final double GIB = 1L << 30;

    private Machine() {
    }

    /** @param folder that the servers keep their data in. */
    static Map<String, String> describe(final Path folder) throws IOException {
        final Map<String, Object> info = MachineInfo.json();
        final Map<String, String> all = new LinkedHashMap<>();
        all.put("processor", info.get("cpu").toString());
        all.put("cores", info.get("cores").toString());
        all.put("memory", Numbers.decimals(((Number) info.get("memory_bytes")).longValue() / GIB, 1) + " GiB");
        all.put("kernel", info.get("os").toString());
        all.put("file system", Files.getFileStore(folder).type());
        all.put("Java", info.get("java") + ", " + System.getProperty("java.vm.version"));
        return all;
    }
}
