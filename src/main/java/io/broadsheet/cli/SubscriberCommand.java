package io.broadsheet.cli;

import io.broadsheet.json.Json;
import io.broadsheet.subscriber.AddSubscriber;
import io.broadsheet.subscriber.ListSubscribers;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code subscriber …}: who takes which newsletter. */
@Command(name = "subscriber", description = "Add, list, show, import, export and remove subscribers.")
final class SubscriberCommand {
    private final Session session;

    SubscriberCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "add",
            description = {
                "Take one person in. They are asked by mail to confirm, unless you name the proof of their consent.",
                "A second call changes nothing."
            })
    int add(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--newsletter", required = true, paramLabel = "NAME") String newsletter,
            @Option(names = "--cadence", paramLabel = "NAME", description = "By default the newsletter's first.")
                    @Nullable
                    String cadence,
            @Option(
                            names = "--confirmed",
                            paramLabel = "EVIDENCE",
                            description = "Where their consent is proved; they are active at once.")
                    @Nullable
                    String confirmed,
            @Option(names = "--name", paramLabel = "NAME") @Nullable String name,
            @Option(names = "--language", paramLabel = "TAG", description = "Such as en or pt-BR.") @Nullable
                    String language,
            @Option(names = "--time-zone", paramLabel = "ZONE", description = "Such as Europe/Berlin.") @Nullable
                    String timeZone,
            @Option(names = "--topics", split = ";", paramLabel = "TOPIC", description = "Split by ';'.") @Nullable
                    List<String> topics,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        AddSubscriber.Request request = new AddSubscriber.Request(
                email, newsletter, cadence, confirmed, name, language, timeZone, topics == null ? List.of() : topics);
        return session.with(installation -> {
            AddSubscriber.Added added = installation.addSubscriber().add(request);
            Standing standing = new Standing(added.email(), added.state().word());
            session.terminal()
                    .out()
                    .println(json ? Json.write(standing) : standing.email() + " is " + standing.state());
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "remove",
            description = "End a person's subscriptions. What they had, and that they were asked, stays on record.")
    int remove(
            @Parameters(paramLabel = "EMAIL") String email,
            @Option(names = "--newsletter", paramLabel = "NAME", description = "Only this one.") @Nullable
                    String newsletter,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            int ended = installation.removeSubscriber().remove(email, newsletter);
            session.terminal()
                    .out()
                    .println(
                            json
                                    ? Json.write(new Removed(email, ended))
                                    : email + ": " + ended + (ended == 1 ? " subscription" : " subscriptions")
                                            + " ended");
            return ExitCode.DONE;
        });
    }

    record Standing(String email, String state) {}

    record Removed(String email, int ended) {}

    /** {@link ListSubscribers.Listed} with its state as JSON spells it. */
    record ListedShown(
            String email,
            @Nullable String name,
            @Nullable String language,
            @Nullable String timeZone,
            String newsletter,
            String cadence,
            List<String> topics,
            String state,
            @Nullable Instant joined) {
        static ListedShown of(ListSubscribers.Listed one) {
            return new ListedShown(
                    one.email(),
                    one.name(),
                    one.language(),
                    one.timeZone(),
                    one.newsletter(),
                    one.cadence(),
                    one.topics(),
                    one.state().word(),
                    one.joined());
        }
    }
}
