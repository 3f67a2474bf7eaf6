package io.broadsheet;

import io.broadsheet.cli.Cli;
import io.broadsheet.cli.Installation;
import io.broadsheet.cli.Program;
import io.broadsheet.config.Home;
import io.broadsheet.config.Problem;
import io.broadsheet.config.Settings;
import io.broadsheet.demo.Demo;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dns.Dns;
import io.broadsheet.provision.Applied;
import io.broadsheet.provision.Check;
import io.broadsheet.source.Inspect;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;

/** The program's entrance: gives the command line what it starts from. */
public final class Main implements Program {
    private final Clock clock = Clock.systemUTC();

    private Main() {}

    public static void main(String[] args) {
        System.exit(Cli.run(new Main(), args));
    }

    @Override
    public Installation open(Home home, Opening opening) {
        Broadsheet broadsheet = Broadsheet.open(home.expectThere(), clock, opening == Opening.MIGRATE);
        try {
            broadsheet.apply().ifChanged();
            return broadsheet;
        } catch (RuntimeException e) {
            broadsheet.close();
            throw e;
        }
    }

    @Override
    public Inspect inspect(Home home) {
        Settings settings = Settings.load(home).orThrow();
        return new Inspect(Fetching.fetcher(settings, clock), settings.site().timeZone());
    }

    @Override
    public Keyring keyring(Home home) {
        Settings settings = Settings.load(home.expectThere()).orThrow();
        return new Keyring(home, settings.mail(), clock, new Dns(settings.dns().servers()));
    }

    @Override
    public List<Problem> check(Home home) {
        return new Check(home.expectThere(), Broadsheet.syntax(home)).check();
    }

    @Override
    public Applied apply(Home home, boolean dryRun) {
        try (Broadsheet broadsheet = Broadsheet.open(home.expectThere(), clock, true)) {
            return dryRun ? broadsheet.apply().dryRun() : broadsheet.apply().apply();
        }
    }

    @Override
    public boolean demo(boolean once, PrintStream out) {
        return new Demo(this::sandbox, clock, out).run(once);
    }

    private Broadsheet sandbox(Home home) {
        return (Broadsheet) open(home, Opening.MIGRATE);
    }
}
