package io.broadsheet.doctor;

import io.broadsheet.dns.Answer;
import io.broadsheet.dns.Dns;
import io.broadsheet.http.RegistrableDomain;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A domain's DMARC policy (RFC 7489 §6), and whether what we sign and our return path are aligned with it. */
final class Dmarc {
    private static final String RULE = "dmarc";

    private final Dns dns;

    Dmarc(Dns dns) {
        this.dns = dns;
    }

    /**
     * @param from the domain that mail is from
     * @param signing the domains of the keys that would sign it
     * @param returnPath the domain of MAIL FROM
     */
    Finding look(String from, List<String> signing, String returnPath) {
        String organisation = RegistrableDomain.of(from);
        Answer<String> own = dns.txt("_dmarc." + from);
        Answer<String> above = own.isAbsent() && !organisation.equals(from) ? dns.txt("_dmarc." + organisation) : own;
        if (above.isTrouble()) {
            return Finding.unseen(RULE, from, above.why(), "try again, or set dns.servers", Finding.ALL);
        }
        List<String> records = above.values().stream()
                .filter(text -> text.replace(" ", "").startsWith("v=DMARC1"))
                .toList();
        if (records.size() != 1) {
            return Finding.fail(
                    RULE,
                    from,
                    records.isEmpty()
                            ? "no policy is published"
                            : records.size() + " policies are published, so none counts",
                    "publish one TXT record under _dmarc." + organisation
                            + ", such as \"v=DMARC1; p=none; rua=mailto:dmarc@" + organisation + "\"",
                    Finding.ALL);
        }
        return aligned(from, tags(records.get(0)), signing, returnPath);
    }

    private static Finding aligned(String from, Map<String, String> tags, List<String> signing, String returnPath) {
        String policy = tags.getOrDefault("p", "");
        if (!List.of("none", "quarantine", "reject").contains(policy)) {
            return Finding.fail(
                    RULE,
                    from,
                    "the record has no policy (p=)",
                    "write p=none, p=quarantine or p=reject into it",
                    Finding.ALL);
        }
        boolean byKey = signing.stream().anyMatch(domain -> same(domain, from, tags.get("adkim")));
        boolean byPath = same(returnPath, from, tags.get("aspf"));
        String found = "p=" + policy + ", aligned by " + (byKey && byPath ? "DKIM and SPF" : byKey ? "DKIM" : "SPF");
        if (byKey) {
            return Finding.pass(RULE, from, found, Finding.ALL);
        }
        String mend = "sign with a key of " + from + ": 'broadsheet dkim new --domain " + from + "'";
        return byPath
                ? Finding.unseen(
                        RULE,
                        from,
                        found + " if that passes; no key of ours is, unless the mail server signs",
                        mend,
                        Finding.ALL)
                : Finding.fail(
                        RULE,
                        from,
                        "p=" + policy + ", and neither a key nor the return path is of that domain",
                        mend,
                        Finding.ALL);
    }

    private static boolean same(String domain, String from, @Nullable String mode) {
        return "s".equals(mode)
                ? domain.equals(from)
                : RegistrableDomain.of(domain).equals(RegistrableDomain.of(from));
    }

    private static Map<String, String> tags(String record) {
        Map<String, String> tags = new HashMap<>();
        for (String tag : record.split(";")) {
            String[] parts = tag.split("=", 2);
            if (parts.length == 2) {
                tags.put(
                        parts[0].strip().toLowerCase(Locale.ROOT),
                        parts[1].strip().toLowerCase(Locale.ROOT));
            }
        }
        return tags;
    }
}
