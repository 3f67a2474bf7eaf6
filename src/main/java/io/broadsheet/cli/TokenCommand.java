package io.broadsheet.cli;

import io.broadsheet.json.Json;
import io.broadsheet.source.GrantToken.Granted;
import io.broadsheet.source.SourceToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code token …}: who may post articles. */
@Command(name = "token", description = "Make, list and revoke the tokens by which articles are posted.")
final class TokenCommand {
    private final Session session;

    TokenCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "new",
            description = {
                "Make a token that lets its holder post articles to a source of kind api, and print it.",
                "It is shown this once; only its hash is kept."
            })
    int grant(
            @Parameters(paramLabel = "SOURCE", description = "A source of kind api in config/sources.yml.")
                    String source,
            @Option(names = "--note", paramLabel = "TEXT", description = "Who holds it; shown by 'token list'.")
                    @Nullable
                    String note,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            Granted granted = installation.grantToken().grant(source, note);
            Terminal terminal = session.terminal();
            terminal.out().println(json ? Json.write(granted) : granted.token());
            if (!json) {
                terminal.tell("token " + granted.id() + " posts to source " + granted.source()
                        + "; keep it now, it is shown this once");
            }
            return ExitCode.DONE;
        });
    }

    @Command(name = "list", description = "List the tokens there are, without the tokens themselves.")
    int list(@Option(names = "--json", description = "Print JSON, one token a line.") boolean json) {
        return session.with(installation -> {
            show(installation.grantToken().list(), json);
            return ExitCode.DONE;
        });
    }

    @Command(name = "revoke", description = "End a token, from the next request on.")
    int revoke(
            @Parameters(paramLabel = "ID", description = "As 'token list' shows it.") String id,
            @Option(names = "--json", description = "Print JSON.") boolean json) {
        return session.with(installation -> {
            SourceToken token = installation.grantToken().revoke(id);
            session.terminal()
                    .out()
                    .println(
                            json
                                    ? Json.write(token)
                                    : "token " + token.id() + " of source " + token.source() + " is revoked");
            return ExitCode.DONE;
        });
    }

    private void show(List<SourceToken> tokens, boolean json) {
        Terminal terminal = session.terminal();
        if (json) {
            tokens.forEach(token -> terminal.out().println(Json.write(token)));
            return;
        }
        Table table = new Table("ID", "SOURCE", "MADE", "LAST USED", "REVOKED", "NOTE");
        for (SourceToken token : tokens) {
            table.row(
                    token.id(),
                    token.source(),
                    Moment.of(token.created()),
                    token.used() == null ? "-" : Moment.of(token.used()),
                    token.revoked() == null ? "-" : Moment.of(token.revoked()),
                    token.note() == null ? "-" : token.note());
        }
        table.print(terminal.out(), terminal.width());
    }
}
