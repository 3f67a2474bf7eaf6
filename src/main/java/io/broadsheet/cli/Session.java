package io.broadsheet.cli;

import io.broadsheet.config.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** One run of the command line: what its commands share. Used by one thread, but for the interruption. */
final class Session {
    /** Longer than one reply of a slow mail server is usually waited for. */
    private static final Duration FOR_GOOD_ORDER = Duration.ofSeconds(60);

    private final Program program;
    private final Terminal terminal;
    private Path home = Path.of("");
    private boolean debug;
    private volatile boolean interrupted;

    Session(Program program, Terminal terminal) {
        this.program = program;
        this.terminal = terminal;
    }

    Program program() {
        return program;
    }

    Terminal terminal() {
        return terminal;
    }

    Home home() {
        return Home.at(home);
    }

    void home(Path folder) {
        home = folder;
    }

    boolean debug() {
        return debug || "1".equals(System.getenv("BROADSHEET_DEBUG"));
    }

    void debug(boolean wanted) {
        debug = wanted;
    }

    /** Whether Ctrl-C or SIGTERM has come: what fails from then on, fails because everything is being closed. */
    boolean interrupted() {
        return interrupted;
    }

    /** {@code paused by ada: the wrong subject}: what an admin did, who it was, and why if they said so. */
    String byAdmin(String did, @Nullable String why) {
        return did + " by " + System.getProperty("user.name", "an admin")
                + (why == null || why.isBlank() ? "" : ": " + why.strip().replaceAll("\\s+", " "));
    }

    /** Opens the home for one operation, and closes it. */
    int with(ToIntFunction<Installation> use) {
        try (Installation installation = program.open(home(), Program.Opening.AS_IT_IS)) {
            return use.applyAsInt(installation);
        }
    }

    /**
     * Long work that Ctrl-C or SIGTERM ends in good order: the process waits for it, at most so long, and then ends with the JVM's own exit code for
     * them, 130 or 143.
     *
     * @param farewell what is said then, with the way to go on
     * @param stop makes the work come to its end soon
     */
    <T> T interruptible(String farewell, Runnable stop, Supplier<T> work) {
        CountDownLatch ended = new CountDownLatch(1);
        Thread ending = new Thread(
                () -> {
                    interrupted = true;
                    terminal.err().println();
                    terminal.tell(farewell);
                    stop.run();
                    await(ended);
                },
                "ending");
        Runtime.getRuntime().addShutdownHook(ending);
        try {
            return work.get();
        } finally {
            ended.countDown();
            if (!interrupted) {
                Runtime.getRuntime().removeShutdownHook(ending);
            }
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await(FOR_GOOD_ORDER.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
