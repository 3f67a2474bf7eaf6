package io.broadsheet.cli;

import io.broadsheet.config.Home;
import io.broadsheet.json.Json;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
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

    /** Opens the home for one operation whose result is one line. */
    int line(Function<Installation, String> use) {
        return with(installation -> {
            terminal.out().println(use.apply(installation));
            return ExitCode.DONE;
        });
    }

    /**
     * Opens the home for one operation, and shows its result.
     *
     * @param text shows it to a person; JSON is one object
     */
    <T> int shown(boolean json, Function<Installation, T> use, Consumer<T> text) {
        return with(installation -> {
            T result = use.apply(installation);
            if (json) {
                terminal.out().println(Json.write(result));
            } else {
                text.accept(result);
            }
            return ExitCode.DONE;
        });
    }

    /**
     * The same, of a list.
     *
     * @param text shows it to a person; JSON is one object a line
     */
    <T> int listed(boolean json, Function<Installation, List<T>> use, Consumer<List<T>> text) {
        return with(installation -> {
            List<T> results = use.apply(installation);
            if (json) {
                results.forEach(result -> terminal.out().println(Json.write(result)));
            } else {
                text.accept(results);
            }
            return ExitCode.DONE;
        });
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
