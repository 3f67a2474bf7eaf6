package io.broadsheet.doctor;

import io.broadsheet.dns.Answer;
import io.broadsheet.dns.Dns;
import io.broadsheet.dns.MailHost;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Asks what a domain's SPF record says of one address (RFC 7208 §4). Macros and {@code ptr}, which depend on the message or are not to be used, give
 * {@link Result#UNCLEAR}. Used once, by one thread.
 */
final class Spf {
    /** RFC 7208 §4.6.4: mechanisms that ask DNS, in all records together. */
    private static final int LOOKUPS_MAX = 10;

    enum Result {
        /** The address may send for the domain. */
        PASS,
        /** It may not, or the record doesn't say. */
        OTHER,
        /** There is no record. */
        NONE,
        /** The record is broken, and counts as none with most receivers. */
        BROKEN,
        /** DNS gave no answer, or the record depends on the message. */
        UNCLEAR
    }

    private final Dns dns;
    private int lookups;
    private String why = "";

    Spf(Dns dns) {
        this.dns = dns;
    }

    /** What is broken or unclear, in a few words. */
    String why() {
        return why;
    }

    /** The domain's record; empty with {@link #why} when there is none, several, or no answer. */
    Optional<String> record(String domain) {
        Answer<String> texts = dns.txt(domain);
        List<String> records = texts.values().stream()
                .filter(text -> text.toLowerCase(Locale.ROOT).matches("v=spf1( .*)?"))
                .toList();
        why = texts.isTrouble()
                ? texts.why()
                : records.isEmpty() ? "no SPF record" : records.size() > 1 ? records.size() + " SPF records" : "";
        return why.isEmpty() ? Optional.of(records.get(0)) : Optional.empty();
    }

    Result check(String domain, InetAddress address) {
        Optional<String> record = record(domain);
        if (record.isEmpty()) {
            return why.equals("no SPF record")
                    ? Result.NONE
                    : why.endsWith("SPF records") ? Result.BROKEN : Result.UNCLEAR;
        }
        String redirect = "";
        for (String term : record.get().strip().split(" +")) {
            String word = term.toLowerCase(Locale.ROOT);
            if (word.startsWith("redirect=")) {
                redirect = word.substring("redirect=".length());
            } else if (!word.contains("=") || word.startsWith("ip6:")) {
                Result result = term(word, domain, address);
                if (result != Result.NONE) {
                    return result;
                }
            }
        }
        if (redirect.isEmpty()) {
            return Result.OTHER;
        }
        Result redirected = counted() ? check(redirect, address) : Result.BROKEN;
        return redirected == Result.NONE ? broken("redirect to " + redirect + ", which has no record") : redirected;
    }

    /** What one mechanism decides; NONE when it doesn't match. */
    private Result term(String term, String domain, InetAddress address) {
        boolean qualified = !term.isEmpty() && "+-~?".indexOf(term.charAt(0)) >= 0;
        Result match = qualified && term.charAt(0) != '+' ? Result.OTHER : Result.PASS;
        String mechanism = qualified ? term.substring(1) : term;
        if (mechanism.contains("%")) {
            return unclear("a macro, '" + mechanism + "'");
        }
        String name = mechanism.replaceFirst("[:/].*", "");
        String value = mechanism.substring(name.length());
        String target = value.startsWith(":") ? value.substring(1).replaceFirst("/.*", "") : domain;
        return switch (name) {
            case "all" -> match;
            case "ip4", "ip6" -> AddressBlock.of(value.replaceFirst("^:", "")).contains(address) ? match : Result.NONE;
            case "include" -> include(target, address, match);
            case "a" -> counted() ? any(dns.addresses(target), value, address, match) : Result.BROKEN;
            case "mx" -> counted() ? mx(target, value, address, match) : Result.BROKEN;
            case "exists" -> !counted() ? Result.BROKEN : dns.addresses(target).isFound() ? match : Result.NONE;
            case "ptr" -> unclear("'ptr', which is not to be used");
            case "v" -> Result.NONE;
            default -> broken("'" + mechanism + "' is no mechanism");
        };
    }

    private Result include(String target, InetAddress address, Result match) {
        if (!counted()) {
            return Result.BROKEN;
        }
        Result included = check(target, address);
        return switch (included) {
            case PASS -> match;
            case OTHER -> Result.NONE;
            case NONE -> broken("include of " + target + ", which has no record");
            case BROKEN, UNCLEAR -> included;
        };
    }

    private Result mx(String target, String value, InetAddress address, Result match) {
        for (MailHost host : dns.mx(target).values()) {
            Result result = any(dns.addresses(host.host()), value, address, match);
            if (result != Result.NONE) {
                return result;
            }
        }
        return Result.NONE;
    }

    /** @param value with the block's length behind a slash, {@code /24} or {@code /24//64}; or without */
    private Result any(Answer<InetAddress> answer, String value, InetAddress address, Result match) {
        if (answer.isTrouble()) {
            return unclear(answer.why());
        }
        String both = value.contains("/") ? value.substring(value.indexOf('/')) : "";
        String four = both.startsWith("//") ? "" : both.replaceFirst("//.*", "");
        String six = both.contains("//") ? both.substring(both.indexOf("//") + 1) : "";
        boolean matched = answer.values().stream()
                .anyMatch(one -> AddressBlock.of(one.getHostAddress() + (one.getAddress().length == 4 ? four : six))
                        .contains(address));
        return matched ? match : Result.NONE;
    }

    private boolean counted() {
        lookups++;
        if (lookups > LOOKUPS_MAX) {
            broken("it needs more than " + LOOKUPS_MAX + " questions to DNS");
            return false;
        }
        return true;
    }

    private Result broken(String what) {
        why = what;
        return Result.BROKEN;
    }

    private Result unclear(String what) {
        why = what;
        return Result.UNCLEAR;
    }
}
