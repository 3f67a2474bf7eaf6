package io.broadsheet.delivery;

import io.broadsheet.test.SmtpSink.Answers;
import io.broadsheet.test.SmtpSink.At;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as the large providers do, each in words of its own, and counts who tries how often in each minute of the test's clock. Safe for several
 * threads, because all is done under its monitor.
 */
final class ProviderSimulation implements Answers {
    static final int GMAIL_A_MINUTE = 10;
    static final Duration YAHOO_TROUBLED = Duration.ofMinutes(2);
    static final Duration GREYLISTED = Duration.ofMinutes(1);

    private final Clock clock;
    private final Instant start;
    private final Map<String, Instant> firstTries = new HashMap<>();
    private final Map<String, List<Instant>> tries = new HashMap<>();
    private final Map<String, List<Instant>> refusals = new HashMap<>();
    private final Map<Long, Integer> gmailTook = new HashMap<>();
    private boolean authenticated;

    ProviderSimulation(Clock clock) {
        this.clock = clock;
        this.start = clock.instant();
    }

    /** From now on our mail is signed as Microsoft wants it. */
    synchronized void authenticate() {
        authenticated = true;
    }

    @Override
    public synchronized @Nullable String at(At at, String recipient) {
        String domain = recipient.substring(recipient.indexOf('@') + 1);
        if (at == At.RCPT) {
            tries.computeIfAbsent(domain, key -> new ArrayList<>()).add(clock.instant());
        }
        String answer = answer(at, recipient, domain);
        if (answer != null) {
            refusals.computeIfAbsent(domain, key -> new ArrayList<>()).add(clock.instant());
        }
        return answer;
    }

    private @Nullable String answer(At at, String recipient, String domain) {
        return switch (domain) {
            case "gmail.com" -> at == At.DOT ? gmail() : null;
            case "yahoo.com" ->
                at == At.RCPT && clock.instant().isBefore(start.plus(YAHOO_TROUBLED))
                        ? "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints"
                        : null;
            case "outlook.com" ->
                at == At.DOT && !authenticated
                        ? "550 5.7.515 Access denied, sending domain news.example.org does not meet the required authentication level"
                        : null;
            case "grey.example" ->
                at == At.RCPT && isGreylisted(recipient)
                        ? "451 4.7.1 Greylisting in action, please come back later"
                        : null;
            case "full.example" -> at == At.RCPT ? "452 4.2.2 The recipient's mailbox is full" : null;
            default -> null;
        };
    }

    /** So many a minute, then no more. */
    private @Nullable String gmail() {
        long minute = minute(clock.instant());
        if (gmailTook.merge(minute, 1, Integer::sum) <= GMAIL_A_MINUTE) {
            return null;
        }
        return "421 4.7.28 [192.0.2.1] Gmail has detected an unusual rate of mail originating from your IP address";
    }

    private boolean isGreylisted(String recipient) {
        Instant first = firstTries.computeIfAbsent(recipient, key -> clock.instant());
        return clock.instant().isBefore(first.plus(GREYLISTED));
    }

    private long minute(Instant at) {
        return Duration.between(start, at).toMinutes();
    }

    synchronized int tries(String domain) {
        return tries.getOrDefault(domain, List.of()).size();
    }

    synchronized int allTries() {
        return tries.values().stream().mapToInt(List::size).sum();
    }

    /** By minute since the start, how often a provider had to say no. */
    synchronized Map<Long, Integer> refusals(String domain) {
        Map<Long, Integer> byMinute = new HashMap<>();
        refusals.getOrDefault(domain, List.of()).forEach(at -> byMinute.merge(minute(at), 1, Integer::sum));
        return byMinute;
    }
}
