package io.broadsheet.config;

import io.broadsheet.error.UserError;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a written value means. Each method throws a {@link UserError} that says what would be right. */
final class Words {
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h|d|)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,12}) ?(KiB|MiB|GiB|)");
    private static final Pattern HOST =
            Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern NETWORK = Pattern.compile("([0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)(/([0-9]{1,3}))?");
    private static final Map<String, Long> UNIT_BYTES =
            Map.of("", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);

    private Words() {}

    static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new UserError("'" + text + "' is not a name; use a-z, 0-9 and '-', at most 64 characters");
        }
        return text;
    }

    /** {@code 30s}, {@code 15m}, {@code 2h}, {@code 7d}; a plain number is seconds. */
    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new UserError("'" + text + "' is not a duration; write 30s, 15m, 2h or 7d");
        }
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            case "d" -> Duration.ofDays(count);
            default -> Duration.ofSeconds(count);
        };
    }

    /** {@code 5242880}, {@code 512KiB}, {@code 5MiB}. */
    static long bytes(String text) {
        Matcher matcher = BYTES.matcher(text);
        if (!matcher.matches()) {
            throw new UserError("'" + text + "' is not a size; write 5MiB, 512KiB or a number of bytes");
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), UNIT_BYTES.getOrDefault(matcher.group(2), 1L));
    }

    /** An IANA zone id. Offsets such as {@code +02:00} are no places: they know no summer time. */
    static ZoneId zone(String text) {
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (!known.contains(text)) {
            String mend = Nearest.word(text, new TreeSet<>(known))
                    .map(word -> "did you mean '" + word + "'?")
                    .orElse("write one such as Europe/Berlin or UTC");
            throw new UserError("unknown time zone '" + text + "'; " + mend);
        }
        return ZoneId.of(text);
    }

    /** A BCP 47 tag in its canonical letters. */
    static String language(String text) {
        try {
            String tag = new Locale.Builder().setLanguageTag(text).build().toLanguageTag();
            if (!tag.equals("und") && Arrays.asList(Locale.getISOLanguages()).contains(tag.split("-")[0])) {
                return tag;
            }
        } catch (IllformedLocaleException e) {
            throw noLanguage(text);
        }
        throw noLanguage(text);
    }

    private static UserError noLanguage(String text) {
        return new UserError("'" + text + "' is not a language tag; write one such as en, de or pt-BR");
    }

    /** An absolute http(s) URL with a host, as written. */
    static String url(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw noUrl(text, e.getReason());
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw noUrl(text, "it does not begin with http:// or https://");
        }
        @Nullable String authority = uri.getRawAuthority();
        if (authority == null || uri.getHost() == null && !isForeignHost(authority)) {
            throw noUrl(text, "it has no host");
        }
        if (uri.getRawUserInfo() != null || authority.contains("@")) {
            throw new UserError("a URL here carries no user name or password");
        }
        if (uri.getPort() > 65_535) {
            throw noUrl(text, "its port is over 65535");
        }
        return text;
    }

    /** Whether an authority that java.net.URI found no host in is a name in another script, such as {@code bücher.example}. */
    private static boolean isForeignHost(String authority) {
        try {
            String host = authority.replaceFirst(":[0-9]{1,5}$", "");
            return HOST.matcher(IDN.toASCII(host).toLowerCase(Locale.ROOT)).matches();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static UserError noUrl(String text, String why) {
        return new UserError(
                "'" + text + "' is not a URL (" + why + "); write one such as https://news.example.org/rss.xml");
    }

    /** A host name, an address, or a CIDR, lower-case. */
    static String hostOrNetwork(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        if (!isNetwork(plain) && (looksNumeric(plain) || !HOST.matcher(plain).matches())) {
            throw new UserError("'" + text
                    + "' is not a host, address or network; write 127.0.0.1, 10.0.0.0/8 or intranet.example");
        }
        return plain;
    }

    /** An address or a CIDR. */
    static String network(String text) {
        if (!isNetwork(text)) {
            throw new UserError("'" + text + "' is not an address or network; write 127.0.0.1, 10.0.0.0/8 or fd00::/8");
        }
        return text;
    }

    static String host(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        if (!isNetwork(plain) && !HOST.matcher(plain).matches() || plain.contains("/")) {
            throw new UserError("'" + text + "' is not a host; write one such as smtp.example.org");
        }
        return plain;
    }

    private static boolean looksNumeric(String text) {
        return text.matches("[0-9./]+");
    }

    private static boolean isNetwork(String text) {
        Matcher matcher = NETWORK.matcher(text);
        if (!matcher.matches()) {
            return false;
        }
        boolean six = matcher.group(1).contains(":");
        int bitsMax = six ? 128 : 32;
        @Nullable String bits = matcher.group(3);
        boolean bitsFit = bits == null || Integer.parseInt(bits) <= bitsMax;
        return bitsFit && (six ? isAddress6(matcher.group(1)) : isAddress4(matcher.group(1)));
    }

    private static boolean isAddress4(String text) {
        List<String> parts = List.of(text.split("\\.", -1));
        return parts.size() == 4
                && parts.stream().allMatch(part -> part.matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(part) <= 255);
    }

    private static boolean isAddress6(String text) {
        try {
            // A literal with colons is never looked up, so this asks no name server.
            return text.length() >= 2 && java.net.InetAddress.getByName("[" + text + "]") != null;
        } catch (java.net.UnknownHostException e) {
            return false;
        }
    }
}
