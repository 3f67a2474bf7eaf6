package io.broadsheet.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a domain asks of those who send it mail (MTA-STS, RFC 8461 §3.2).
 *
 * @param hosts its mail servers, as names or {@code *.example.org}; lower-case
 * @param maxAge how long it holds, at most a year
 */
record StsPolicy(Mode mode, List<String> hosts, Duration maxAge) {
    enum Mode {
        /** Servers must be named and have a good certificate, or nothing is sent. */
        ENFORCE,
        /** Mail goes as without a policy; what would not have gone is only reported. */
        TESTING,
        /** There is none. */
        NONE
    }

    /** Without a policy. */
    static final StsPolicy NONE = new StsPolicy(Mode.NONE, List.of(), Duration.ZERO);

    /** RFC 8461 §3.2. */
    private static final Duration AGE_MAX = Duration.ofSeconds(31_557_600);

    StsPolicy {
        hosts = List.copyOf(hosts);
    }

    /**
     * Reads the file that a domain publishes.
     *
     * @return nothing when it is no policy that can be followed
     */
    static Optional<StsPolicy> parse(String text) {
        String version = "";
        String mode = "";
        String age = "";
        List<String> hosts = new ArrayList<>();
        for (String line : text.split("\\r?\\n")) {
            int colon = line.indexOf(':');
            String value = colon < 0 ? "" : line.substring(colon + 1).strip();
            // Of a key that is there twice the first counts (§3.2).
            switch (colon < 0 ? "" : line.substring(0, colon).strip()) {
                case "version" -> version = version.isEmpty() ? value : version;
                case "mode" -> mode = mode.isEmpty() ? value : mode;
                case "max_age" -> age = age.isEmpty() ? value : age;
                case "mx" -> hosts.add(value.toLowerCase(Locale.ROOT));
                default -> {
                    // An unknown key is for later versions, and none of ours.
                }
            }
        }
        Optional<Mode> known = mode(mode);
        boolean complete = version.equals("STSv1") && age.matches("[0-9]{1,10}");
        if (!complete || known.isEmpty() || hosts.isEmpty() && known.get() != Mode.NONE) {
            return Optional.empty();
        }
        Duration maxAge = Duration.ofSeconds(Long.parseLong(age));
        return Optional.of(new StsPolicy(known.get(), hosts, maxAge.compareTo(AGE_MAX) > 0 ? AGE_MAX : maxAge));
    }

    private static Optional<Mode> mode(String word) {
        return switch (word) {
            case "enforce" -> Optional.of(Mode.ENFORCE);
            case "testing" -> Optional.of(Mode.TESTING);
            case "none" -> Optional.of(Mode.NONE);
            default -> Optional.empty();
        };
    }

    /** Whether mail may go to this server (§4.1): all may without a policy. */
    boolean names(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return mode == Mode.NONE || hosts.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** A {@code *} stands for exactly one label. */
    private static boolean matches(String pattern, String name) {
        if (!pattern.startsWith("*.")) {
            return pattern.equals(name);
        }
        int dot = name.indexOf('.');
        return dot > 0 && name.substring(dot).equals(pattern.substring(1));
    }
}
