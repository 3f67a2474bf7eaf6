package io.broadsheet.cli;

import io.broadsheet.delivery.DeliverySwitch;
import io.broadsheet.json.Json;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code delivery stop|start|status}: the switch for all mail of an installation. */
@Command(name = "delivery", description = "Stop all mail, let it go on, or tell whether it is stopped.")
final class DeliveryCommand {
    private final Session session;

    DeliveryCommand(Session session) {
        this.session = session;
    }

    /**
     * The JSON of all three.
     *
     * @param why absent when it isn't stopped
     */
    private record Status(
            boolean stopped, @Nullable String why, @Nullable Instant since) {}

    @Command(
            name = "stop",
            description = {
                "Stop all mail of this installation, in every process, until 'delivery start'.",
                "No message starts from now on; what is in flight ends. Nothing is lost: all stays queued."
            })
    int stop(
            @Option(names = "--why", paramLabel = "TEXT", description = "For whoever starts it again.") @Nullable
                    String why,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation ->
                told(Optional.of(installation.deliverySwitch().stop(session.byAdmin("stopped", why))), json));
    }

    @Command(name = "start", description = "Let mail that was stopped go on.")
    int start(@Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            boolean was = installation.deliverySwitch().start();
            if (!json && was) {
                session.terminal().out().println("mail goes on");
                return ExitCode.DONE;
            }
            return told(Optional.empty(), json);
        });
    }

    @Command(name = "status", description = "Tell whether mail is stopped, since when and why.")
    int status(@Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> told(installation.deliverySwitch().stopped(), json));
    }

    private int told(Optional<DeliverySwitch.Stopped> stopped, boolean json) {
        Terminal terminal = session.terminal();
        if (json) {
            terminal.out()
                    .println(Json.write(stopped.map(now -> new Status(true, now.why(), now.since()))
                            .orElse(new Status(false, null, null))));
        } else {
            terminal.out().println(stopped.map(DeliverySwitch.Stopped::line).orElse("mail is not stopped"));
        }
        return ExitCode.DONE;
    }
}
