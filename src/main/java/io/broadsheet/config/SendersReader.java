package io.broadsheet.config;

import io.broadsheet.config.Pacing.Limit;
import io.broadsheet.config.Pacing.Provider;
import io.broadsheet.config.SenderSettings.Direct;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.error.UserError;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code config/senders.yml}, and the pacing that {@code mail} has too. All defaults are here. */
final class SendersReader {
    private static final int WEIGHT_MAX = 1_000;
    private static final int CONNECTIONS_MAX = 500;
    private static final int CONNECTIONS_DIRECT = 20;
    /** What receivers take from somebody they don't know well. */
    private static final Limit EACH_DOMAIN_DIRECT = new Limit(null, 2);

    private static final double GROWTH = 1.5;
    private static final long UNTIL = 1_000_000;

    private SendersReader() {}

    static Loaded<List<SenderSettings>> load(Home home, Function<String, @Nullable String> environment) {
        Reading reading = new Reading(home, home.relative(home.config(Home.SENDERS)), environment, false);
        UniqueNames names = new UniqueNames("sender");
        return YamlFile.list(reading, map -> sender(map, names));
    }

    static Set<String> keys() {
        return YamlFile.keys(map -> sender(map, new UniqueNames("sender")));
    }

    private static SenderSettings sender(YamlMap map, UniqueNames names) {
        String name = names.read(map, "name");
        boolean isDirect = map.has("direct");
        if (isDirect == map.has("smtp")) {
            map.problem("name", "write 'smtp' (a mail server that takes our mail) or 'direct', one of them");
        }
        Smtp smtp = map.map("smtp", SettingsReader::smtp);
        Direct direct = map.map("direct", SendersReader::direct);
        Pacing pacing = pacing(map);
        if (isDirect && pacing.eachDomain().isNone()) {
            pacing = new Pacing(pacing.rate(), EACH_DOMAIN_DIRECT, pacing.providers());
        }
        return new SenderSettings(
                name,
                map.whole("weight", 1, WEIGHT_MAX).orElse(1),
                map.list("newsletters", Words::name),
                isDirect ? null : smtp,
                isDirect ? direct : null,
                pacing,
                warmUp(map));
    }

    private static Direct direct(YamlMap map) {
        return new Direct(
                map.whole("port", 1, 65_535).orElse(25),
                map.whole("connections", 1, CONNECTIONS_MAX).orElse(CONNECTIONS_DIRECT),
                map.value("connect-timeout", SettingsReader::positive).orElse(Duration.ofSeconds(30)),
                map.value("timeout", SettingsReader::positive).orElse(Duration.ofMinutes(5)),
                map.flag("allow-private").orElse(false));
    }

    /** {@code pacing} of a sender, or of {@code mail}. */
    static Pacing pacing(YamlMap map) {
        return map.map(
                "pacing",
                pacing -> new Pacing(
                        pacing.value("rate", Rate::of).orElse(null),
                        pacing.map("each-domain", SendersReader::limit),
                        pacing.maps("providers", SendersReader::provider)));
    }

    private static Limit limit(YamlMap map) {
        return new Limit(
                map.value("rate", Rate::of).orElse(null),
                map.whole("connections", 1, CONNECTIONS_MAX).orElse(null));
    }

    private static Provider provider(YamlMap map) {
        return new Provider(
                map.name("name"), map.list("domains", text -> Words.host(text.toLowerCase(Locale.ROOT))), limit(map));
    }

    /** {@code warm-up} of a sender, or of {@code mail}; absent where its first day is. */
    static @Nullable WarmUp warmUp(YamlMap map) {
        boolean there = map.has("warm-up");
        WarmUp plan = map.map("warm-up", one -> plan(one, there));
        return there ? plan : null;
    }

    private static WarmUp plan(YamlMap map, boolean there) {
        Optional<LocalDate> from = map.value("from", SendersReader::day);
        return new WarmUp(
                (there ? map.required("from", from) : from).orElse(LocalDate.EPOCH),
                map.whole("first", 1, Integer.MAX_VALUE).orElse(500),
                map.value("growth", SendersReader::growth).orElse(GROWTH),
                map.whole("until", 1, Integer.MAX_VALUE).map(Integer::longValue).orElse(UNTIL));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new UserError("'" + text + "' is not a day; write one such as 2027-01-31");
        }
    }

    private static double growth(String text) {
        if (!text.matches("[1-9](\\.[0-9]{1,3})?") || Double.parseDouble(text) <= 1) {
            throw new UserError("'" + text + "' does not grow; write a number over 1 and under 10, such as 1.5");
        }
        return Double.parseDouble(text);
    }
}
