package io.broadsheet.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where processes see one another: one boot of one machine, and in it one namespace of process ids, as Linux tells them. Elsewhere there is none, and
 * a process that has gone is known by its lease alone.
 */
final class ProcessPlace {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

    private ProcessPlace() {}

    static Optional<String> ours() {
        try {
            return Optional.of(Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(PROCESSES));
        } catch (IOException | UnsupportedOperationException | SecurityException e) {
            // Not Linux, or it hides them: then nobody is seen to be gone, and the lease alone decides.
            return Optional.empty();
        }
    }

    /** Whether that process is seen to be gone; a number that was given to another process makes it seem alive, which only takes longer. */
    static boolean isGone(@Nullable String place, long pid) {
        return place != null
                && ours().equals(Optional.of(place))
                && ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
    }
}
