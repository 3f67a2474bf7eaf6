package io.broadsheet.delivery;

import io.broadsheet.config.Pacing;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which provider takes a domain's mail: what one of its domains is told (slow down, not welcome) holds for all of them. A domain of no known provider
 * is its own. Safe for several threads.
 */
public final class Providers {
    /** Domains of companies, learned from MX records, are forgotten oldest first. */
    private static final int LEARNED_MAX = 20_000;

    /** The consumer domains of the large ones; their many country domains by form. */
    private static final Map<String, Pattern> KNOWN = Map.of(
            "gmail", Pattern.compile("gmail\\.com|googlemail\\.com"),
            "yahoo",
                    Pattern.compile("(yahoo|ymail|rocketmail|aol|aim)\\.(com|(com?\\.)?[a-z]{2})"
                            + "|myyahoo\\.com|verizon\\.net|att\\.net|sbcglobal\\.net|bellsouth\\.net"),
            "microsoft",
                    Pattern.compile(
                            "(outlook|hotmail|live|msn)\\.(com|(com?\\.)?[a-z]{2})|windowslive\\.com|passport\\.com"),
            "apple", Pattern.compile("(icloud|me|mac)\\.com"));

    private final Map<String, String> named = new HashMap<>();
    private final Map<String, String> learned = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > LEARNED_MAX;
        }
    };

    Providers(Pacing pacing) {
        for (Pacing.Provider provider : pacing.providers()) {
            provider.domains().forEach(domain -> named.put(domain, provider.name()));
        }
    }

    /** @param domain lower-case, in ASCII */
    synchronized String of(String domain) {
        String name = named.get(domain);
        if (name == null) {
            name = learned.get(domain);
        }
        return name == null ? known(domain) : name;
    }

    /** Notes whose servers a domain's MX records name. */
    synchronized void learn(String domain, String provider) {
        if (!named.containsKey(domain)) {
            learned.put(domain, provider);
        }
    }

    /** One of the large providers, or the domain itself. */
    public static String known(String domain) {
        for (Map.Entry<String, Pattern> one : KNOWN.entrySet()) {
            if (one.getValue().matcher(domain).matches()) {
                return one.getKey();
            }
        }
        return domain;
    }

    /** Whether it is one of the large ones, whose judgement of us is about us and not about one reader. */
    static boolean isLarge(String provider) {
        return KNOWN.containsKey(provider);
    }
}
