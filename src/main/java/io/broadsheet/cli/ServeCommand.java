package io.broadsheet.cli;

import io.broadsheet.config.Home;
import io.broadsheet.error.OutsideError;
import io.broadsheet.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code serve}: server, scheduler and senders, until SIGTERM or Ctrl-C. */
@Command(
        name = "serve",
        description = {
            "Run the home: collect, publish and mail on schedule, and serve feeds and pages.",
            "SIGTERM or Ctrl-C ends it in good order: mails in flight are finished first."
        })
final class ServeCommand implements Callable<Integer> {
    private final Session session;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        // Before anything logs: the events of a server belong on standard output, one a line.
        System.setProperty("logback.configurationFile", "logback-serve.xml");
        Home home = session.home();
        CountDownLatch forever = new CountDownLatch(1);
        AtomicBoolean failed = new AtomicBoolean();
        try (Installation installation = session.program().open(home, Program.Opening.MIGRATE)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(installation, home, failed), "ending"));
            start(installation, home, failed);
            forever.await();
        }
        return ExitCode.DONE;
    }

    private void start(Installation installation, Home home, AtomicBoolean failed) {
        try {
            URI address = installation.serve();
            announce(home, address);
            session.terminal().out().println("broadsheet serves " + address + "; Ctrl-C ends it");
        } catch (RuntimeException e) {
            failed.set(true);
            throw e;
        }
    }

    /** Stopping is what was asked, so the exit code is 0 and not the JVM's 143, which service managers take for a failure. */
    private void stop(Installation installation, Home home, AtomicBoolean failed) {
        if (failed.get()) {
            return; // the exit code tells it, and the announcement may be that of another one that runs on this home
        }
        installation.close();
        try {
            Files.deleteIfExists(home.serveJson());
        } catch (IOException e) {
            session.terminal().tell(home.serveJson() + ": cannot be deleted; the next start replaces it");
        }
        session.terminal().out().println("broadsheet has stopped");
        session.terminal().out().flush();
        Runtime.getRuntime().halt(ExitCode.DONE);
    }

    /** Written aside and then moved, so that who waits for the file never reads half of it. */
    private static void announce(Home home, URI address) {
        ProcessHandle process = ProcessHandle.current();
        Announcement announcement = new Announcement(
                address.toString(), process.pid(), process.info().startInstant().orElse(null));
        Path file = home.serveJson();
        Path aside = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.writeString(aside, Json.write(announcement) + "\n");
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new OutsideError(file + ": cannot be written; give this user the right to write there", false, e);
        }
    }

    record Announcement(String address, long pid, @Nullable Instant started) {}
}
