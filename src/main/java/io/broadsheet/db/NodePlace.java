package io.broadsheet.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Which home of which machine a node works for, in words that stay the same when it is started again. */
public final class NodePlace {
    private static final Path HOST = Path.of("/proc/sys/kernel/hostname");

    private NodePlace() {}

    /** {@code HOST:FOLDER}; where the machine's name can't be read, the folder alone. */
    public static String of(Path folder) {
        String path = folder.toAbsolutePath().normalize().toString();
        try {
            return Files.readString(HOST).strip() + ":" + path;
        } catch (IOException e) {
            return path;
        }
    }
}
