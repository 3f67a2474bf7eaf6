package io.broadsheet.cli;

import io.broadsheet.dkim.DkimKey;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dkim.PublishedKey;
import io.broadsheet.json.Json;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dkim …}: the keys that sign mail. */
@Command(name = "dkim", description = "Make, show and check the keys that sign mail.")
final class DkimCommand {
    private final Session session;

    DkimCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "new",
            description = {
                "Make keys in the home's folder secrets, and show what to publish in DNS and to write into config.",
                "No key is ever overwritten. Publish first, then change config."
            })
    int make(
            @Option(
                            names = "--domain",
                            paramLabel = "DOMAIN",
                            description = "Whose mail it signs; by default the domain of mail.from.")
                    @Nullable
                    String domain,
            @Option(
                            names = "--selector",
                            paramLabel = "NAME",
                            description = "Tells it from the domain's other keys; by default one with the month in it.")
                    @Nullable
                    String selector,
            @Option(
                            names = "--algorithm",
                            paramLabel = "NAME",
                            defaultValue = "both",
                            description = "rsa, ed25519 or both; by default both.")
                    Keyring.Wanted algorithm) {
        List<Keyring.Held> made = keyring().make(domain, selector, algorithm);
        PrintStream out = session.terminal().out();
        made.forEach(held -> out.println("made " + held.file()));
        out.println();
        out.println("publish in DNS:");
        made.forEach(held -> held.key().record().zoneLines().forEach(line -> out.println("  " + line)));
        out.println();
        out.println("then add to config/broadsheet.yml, and run 'broadsheet dkim check':");
        out.println("  mail:");
        out.println("    dkim:");
        for (Keyring.Held held : made) {
            out.println("      - domain: " + held.key().domain());
            out.println("        selector: " + held.key().selector());
            out.println("        key: file:" + held.file());
        }
        return ExitCode.DONE;
    }

    @Command(name = "show", description = "Show the keys that config names, and what to publish in DNS for them.")
    int show(@Option(names = "--json", description = "Print JSON.") boolean json) {
        List<Keyring.Held> held = keyring().list();
        PrintStream out = session.terminal().out();
        if (json) {
            out.println(Json.write(new Shown(held.stream().map(ShownKey::of).toList())));
        } else if (held.isEmpty()) {
            out.println(NONE);
        } else {
            for (Keyring.Held one : held) {
                DkimKey key = one.key();
                out.println(key.algorithm().word() + " of " + key.bits() + " bits, " + one.file());
                key.record().zoneLines().forEach(line -> out.println("  " + line));
            }
        }
        return ExitCode.DONE;
    }

    @Command(name = "check", description = "Ask DNS whether others can verify what the keys that config names sign.")
    int check(@Option(names = "--json", description = "Print JSON.") boolean json) {
        List<PublishedKey> checked = keyring().check();
        boolean passed = !checked.isEmpty() && checked.stream().allMatch(PublishedKey::passed);
        PrintStream out = session.terminal().out();
        if (json) {
            out.println(Json.write(
                    new CheckedKeys(passed, checked.stream().map(CheckedKey::of).toList())));
        } else if (checked.isEmpty()) {
            out.println(NONE);
        } else {
            for (PublishedKey one : checked) {
                out.println((one.passed() ? "pass  " : "FAIL  ")
                        + one.key().record().name() + ": " + one.found()
                        + (one.mend() == null ? "" : "; " + one.mend()));
            }
        }
        return passed ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static final String NONE =
            "config names no key, and mail goes out unsigned; make keys with 'broadsheet dkim new'";

    private Keyring keyring() {
        return session.program().keyring(session.home());
    }

    record Shown(List<ShownKey> keys) {}

    record ShownKey(
            String domain,
            String selector,
            String algorithm,
            int bits,
            String file,
            String record,
            String text,
            List<String> zone) {
        static ShownKey of(Keyring.Held held) {
            DkimKey key = held.key();
            return new ShownKey(
                    key.domain(),
                    key.selector(),
                    key.algorithm().word(),
                    key.bits(),
                    held.file(),
                    key.record().name(),
                    key.record().text(),
                    key.record().zoneLines());
        }
    }

    record CheckedKeys(boolean passed, List<CheckedKey> keys) {}

    record CheckedKey(
            String domain,
            String selector,
            String algorithm,
            String record,
            boolean passed,
            String found,
            @Nullable String mend) {
        static CheckedKey of(PublishedKey one) {
            DkimKey key = one.key();
            return new CheckedKey(
                    key.domain(),
                    key.selector(),
                    key.algorithm().word(),
                    key.record().name(),
                    one.passed(),
                    one.found(),
                    one.mend());
        }
    }
}
