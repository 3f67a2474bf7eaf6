package io.broadsheet.feedback;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a bounce says of the address it is about, by its enhanced status (RFC 3463), its basic one, and at last its words. */
public enum Severity {
    /** There is no such mailbox. */
    HARD,
    /** Full, disabled, unreachable for long, or refused without a reason that we know: it may pass. */
    SOFT,
    /** About us, our mail or their rules, not about the reader. */
    POLICY;

    private static final Pattern ENHANCED =
            Pattern.compile("(?<![\\d.])([245])\\.(\\d{1,3})\\.(\\d{1,3})(?![\\d.]\\d)");
    private static final Pattern BASIC = Pattern.compile("(?<![\\d.])([45])\\d\\d(?=[ -]|$)");

    private static final Pattern NOBODY = words(
            "user (?:is )?unknown",
            "unknown (?:user|recipient|address|local part)",
            "no such (?:user|recipient|mailbox|address|person|account)",
            "(?:user|recipient|mailbox|address|account)[^.\\n]{0,60}(?:does not|doesn'?t|do not) exist",
            "doesn'?t have an? [a-z0-9.-]+ account",
            "(?:user|recipient|mailbox|address)[^.\\n]{0,60} not found",
            "no mailbox (?:here )?by that name",
            "not a (?:valid|known) (?:user|mailbox|recipient)",
            "invalid (?:recipient|mailbox|user)",
            "recipient(?:notfound| unknown)",
            "address rejected: (?:undeliverable|user unknown)",
            "unrouteable address",
            "domain (?:name )?(?:not found|does not exist)",
            "host or domain name not found",
            "host unknown",
            "no longer (?:available|valid|on this server|works? here)",
            "adresse (?:ist )?unbekannt",
            "empf[aä]nger (?:ist )?unbekannt",
            "utilisateur inconnu");

    private static final Pattern FULL = words(
            "mailbox (?:is )?full",
            "over ?quota",
            "quota (?:has been )?exceeded",
            "exceeded (?:its |the )?(?:storage|quota|mailbox)",
            "insufficient (?:system )?storage",
            "out of storage",
            "disabled",
            "inactive",
            "suspended",
            "not accepting (?:mail|messages)");

    private static final Pattern RULES = words(
            "spam",
            "blocked",
            "block ?list",
            "blacklist",
            "black list",
            "denied by policy",
            "policy (?:violation|reasons?|rejection)",
            "reputation",
            "rejected (?:for|due to) (?:policy|content)",
            "unsolicited",
            "dmarc",
            "\\bspf\\b",
            "\\bdkim\\b",
            "virus",
            "not authenticated",
            "sender (?:denied|rejected|not allowed)");

    private static Pattern words(String... any) {
        return Pattern.compile(String.join("|", any), Pattern.CASE_INSENSITIVE);
    }

    /** As columns and JSON spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Severity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /**
     * The enhanced status that counts: the given one, or, where it says nothing but its class, the one in the diagnostic.
     *
     * @param given absent where the report has none
     */
    static @Nullable String status(@Nullable String given, String diagnostic) {
        Optional<String> said = enhanced(diagnostic);
        if (given == null || enhanced(given).isEmpty()) {
            return said.orElse(null);
        }
        String status = enhanced(given).get();
        boolean vague = status.endsWith(".0.0");
        return vague && said.isPresent() && said.get().charAt(0) == status.charAt(0) ? said.get() : status;
    }

    private static Optional<String> enhanced(String text) {
        Matcher found = ENHANCED.matcher(text);
        return found.find() ? Optional.of(found.group()) : Optional.empty();
    }

    /**
     * Judges what ended without being delivered.
     *
     * @param status absent where there is none
     * @param diagnostic what the server said; may be empty
     */
    static Severity of(@Nullable String status, String diagnostic) {
        @Nullable String counts = status(status, diagnostic);
        // The basic code's class wins over the enhanced one's: a server that says 450 means later, whatever follows.
        boolean permanent = permanent(counts, diagnostic);
        Matcher parts = ENHANCED.matcher(counts == null ? "" : counts);
        if (!parts.matches()) {
            return byWords(permanent, diagnostic);
        }
        int subject = Integer.parseInt(parts.group(2));
        int detail = Integer.parseInt(parts.group(3));
        return switch (subject) {
            case 1 -> ofAddress(detail, permanent, diagnostic);
            case 2, 3, 4 -> SOFT;
            case 5, 6, 7 -> POLICY;
            default -> byWords(permanent, diagnostic);
        };
    }

    private static boolean permanent(@Nullable String status, String diagnostic) {
        Matcher basic = BASIC.matcher(diagnostic);
        if (basic.find()) {
            return basic.group(1).equals("5");
        }
        return status == null || status.startsWith("5");
    }

    private static Severity ofAddress(int detail, boolean permanent, String diagnostic) {
        return switch (detail) {
            case 1, 2, 3, 10 -> permanent ? HARD : SOFT;
            // About the sender's address.
            case 7, 8 -> POLICY;
            case 0 -> byWords(permanent, diagnostic);
            default -> SOFT;
        };
    }

    /** Where no code tells. Of several reasons the mildest counts: a reader must not be lost to a word. */
    private static Severity byWords(boolean permanent, String diagnostic) {
        if (RULES.matcher(diagnostic).find()) {
            return POLICY;
        }
        if (FULL.matcher(diagnostic).find()) {
            return SOFT;
        }
        return permanent && NOBODY.matcher(diagnostic).find() ? HARD : SOFT;
    }
}
