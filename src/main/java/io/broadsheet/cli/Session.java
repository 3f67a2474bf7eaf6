package io.broadsheet.cli;

import io.broadsheet.config.Home;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.function.ToIntFunction;

/** One run of the command line: what its commands share. Used by one thread, but for the interruption. */
final class Session {
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

    /** Opens the home for one operation; see {@link #with(Program.Opening, String, ToIntFunction)}. */
    int with(ToIntFunction<Installation> use) {
        return with(Program.Opening.AS_IT_IS, "interrupted; what was done is kept, and the same command goes on", use);
    }

    /**
     * Opens the home for one operation. Ctrl-C or SIGTERM meanwhile closes it in good order before the process ends (the JVM's exit code for them is
     * 130 and 143).
     *
     * @param farewell what is said then, with the way to go on
     */
    int with(Program.Opening opening, String farewell, ToIntFunction<Installation> use) {
        CountDownLatch ended = new CountDownLatch(1);
        try (Installation installation = program.open(home(), opening)) {
            Thread ending = new Thread(
                    () -> {
                        interrupted = true;
                        terminal.err().println();
                        terminal.tell(farewell);
                        installation.close();
                    },
                    "ending");
            Runtime.getRuntime().addShutdownHook(ending);
            try {
                return use.applyAsInt(installation);
            } finally {
                forget(ending);
            }
        } finally {
            ended.countDown();
        }
    }

    private void forget(Thread ending) {
        if (!interrupted) {
            try {
                Runtime.getRuntime().removeShutdownHook(ending);
            } catch (IllegalStateException e) {
                interrupted = true; // it has just begun
            }
        }
    }
}
