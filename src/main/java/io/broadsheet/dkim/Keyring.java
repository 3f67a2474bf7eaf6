package io.broadsheet.dkim;

import io.broadsheet.config.Home;
import io.broadsheet.config.Settings;
import io.broadsheet.dns.Dns;
import io.broadsheet.error.UserError;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The home's DKIM keys: makes new ones, shows those that config names, and asks DNS whether others can verify what they sign. */
public final class Keyring {
    private static final int RSA_BITS = 2048;
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM", Locale.ROOT);
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern SELECTOR = Pattern.compile(LABEL);
    private static final Pattern DOMAIN = Pattern.compile("(" + LABEL + "\\.)+" + LABEL);

    private final Home home;
    private final Settings.Mail mail;
    private final Clock clock;
    private final Dns dns;

    public Keyring(Home home, Settings.Mail mail, Clock clock, Dns dns) {
        this.home = home;
        this.mail = mail;
        this.clock = clock;
        this.dns = dns;
    }

    /** Which keys are made. */
    public enum Wanted {
        RSA,
        ED25519,
        /** One of each, as those who know Ed25519 take it, and all others the RSA one. */
        BOTH
    }

    /**
     * A key with its file.
     *
     * @param file relative to the home, with slashes
     */
    public record Held(DkimKey key, String file) {}

    /**
     * Makes keys and writes their files, {@code secrets/dkim-SELECTOR.pem} with mode 0600; no file is ever overwritten. Config stays as it is: a key
     * signs once its record is published and config names it.
     *
     * @param domain absent: that of {@code mail.from}
     * @param selector absent: one with the month in it; of two keys each gets its algorithm behind it
     * @throws UserError when a file is there already, or domain or selector can't be one
     */
    public List<Held> make(@Nullable String domain, @Nullable String selector, Wanted wanted) {
        String of = domain == null ? mail.from().domain() : domain.toLowerCase(Locale.ROOT);
        if (!DOMAIN.matcher(of).matches()) {
            throw new UserError(
                    "'" + of + "' is no domain that DNS could hold a key of; set mail.from, or name one with --domain");
        }
        List<Algorithm> algorithms = wanted == Wanted.BOTH
                ? List.of(Algorithm.RSA, Algorithm.ED25519)
                : List.of(wanted == Wanted.RSA ? Algorithm.RSA : Algorithm.ED25519);
        List<Held> made = new ArrayList<>();
        for (Algorithm algorithm : algorithms) {
            made.add(make(of, selector(selector, algorithm, algorithms.size() > 1), algorithm));
        }
        // Only now, so that two keys are made or none where the second's file is in the way.
        for (Held held : made) {
            KeyFile.expectNone(home.resolve(held.file()));
        }
        made.forEach(held -> KeyFile.write(home.resolve(held.file()), held.key().secret()));
        return made;
    }

    private String selector(@Nullable String given, Algorithm algorithm, boolean several) {
        String month = "b" + MONTH.format(clock.instant().atZone(ZoneOffset.UTC));
        String selector = given != null && !several ? given : (given == null ? month : given) + "-" + algorithm.word();
        if (!SELECTOR.matcher(selector).matches()) {
            throw new UserError("'" + selector + "' is not a selector; write a-z, 0-9 and '-', such as " + month);
        }
        return selector;
    }

    private static Held make(String domain, String selector, Algorithm algorithm) {
        try {
            KeyPairGenerator pairs = KeyPairGenerator.getInstance(algorithm.family());
            if (algorithm == Algorithm.RSA) {
                pairs.initialize(RSA_BITS);
            }
            PrivateKey secret = pairs.generateKeyPair().getPrivate();
            return new Held(new DkimKey(domain, selector, secret), "secrets/dkim-" + selector + ".pem");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java since 15 has RSA and Ed25519", e);
        }
    }

    /** What is wrong with a key that config names, in one line; empty when it can sign. */
    public static Optional<String> problem(Settings.Dkim named) {
        try {
            KeyFile.read(named.file());
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(e.lines().get(0));
        }
    }

    /**
     * The keys that config names, in its order.
     *
     * @throws UserError when a key file is missing, open to others, or holds no key that we would sign with
     */
    public List<Held> list() {
        return mail.dkim().stream()
                .map(named -> new Held(KeyFile.load(named), relative(named.file())))
                .toList();
    }

    private String relative(Path file) {
        return file.startsWith(home.folder()) ? home.relative(file) : file.toString();
    }

    /**
     * Asks DNS for the record of each key that config names.
     *
     * @throws UserError as {@link #list}
     */
    public List<PublishedKey> check() {
        return list().stream()
                .map(held ->
                        PublishedKey.of(held.key(), dns.txt(held.key().record().name())))
                .toList();
    }
}
