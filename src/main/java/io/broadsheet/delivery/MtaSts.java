package io.broadsheet.delivery;

import io.broadsheet.dns.Answer;
import io.broadsheet.dns.Dns;
import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetcher;
import io.broadsheet.log.Safe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The MTA-STS policies of other domains (RFC 8461): found by DNS, fetched over HTTPS, kept for as long as they say, also over a restart. While one
 * holds, an attacker who hides it changes nothing. Safe for several threads; one that fetches holds up only those of the same domain, or nearly.
 */
final class MtaSts {
    private static final Logger log = LoggerFactory.getLogger(MtaSts.class);
    private static final Pattern RECORD =
            Pattern.compile("v=STSv1\\s*;.*?\\bid\\s*=\\s*([A-Za-z0-9]{1,32})\\s*(?:;.*)?");
    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");
    private static final int BYTES_MAX = 64 * 1024; // RFC 8461 §3.3
    /** RFC 8461 §3.3 asks for at least five minutes. */
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(10);

    private static final int FAILURES_MAX = 10_000;
    private static final int LOCKS = 64;

    private final Dns dns;
    private final UnaryOperator<String> url;
    private final Fetcher fetcher;
    private final StsFiles files;
    private final Clock clock;
    private final Map<String, Instant> failures = new ConcurrentHashMap<>();
    private final List<Object> locks = Stream.generate(Object::new).limit(LOCKS).toList();

    /** @param folder where policies are kept; made when the first one is */
    MtaSts(Dns dns, Fetcher fetcher, Path folder, Clock clock) {
        this(dns, fetcher, folder, clock, domain -> "https://mta-sts." + domain + "/.well-known/mta-sts.txt");
    }

    /** @param url where a domain publishes its policy: a test has no domain to publish it under */
    MtaSts(Dns dns, Fetcher fetcher, Path folder, Clock clock, UnaryOperator<String> url) {
        this.dns = dns;
        this.fetcher = fetcher;
        this.files = new StsFiles(folder);
        this.clock = clock;
        this.url = url;
    }

    /** @return the policy that holds now for mail to this domain; {@link StsPolicy#NONE} when there is none, or none can be had */
    StsPolicy of(String domain) {
        String name = domain.toLowerCase(Locale.ROOT);
        if (!DOMAIN.matcher(name).matches()) {
            return StsPolicy.NONE;
        }
        synchronized (locks.get(Math.floorMod(name.hashCode(), LOCKS))) {
            return held(name);
        }
    }

    private StsPolicy held(String domain) {
        Instant now = clock.instant();
        StsFiles.Kept kept = files.find(domain);
        StsPolicy holding =
                kept != null && now.isBefore(kept.fetched().plus(kept.policy().maxAge()))
                        ? kept.policy()
                        : StsPolicy.NONE;
        @Nullable String id = id(domain);
        if (id == null || !isDue(kept, id, now) || failedLately(domain, now)) {
            return holding;
        }
        Optional<StsFiles.Kept> fresh = fetch(domain, id, now);
        if (fresh.isEmpty()) {
            failed(domain, now);
            return holding;
        }
        files.keep(domain, fresh.get());
        return fresh.get().policy();
    }

    /** A changed id means a changed policy; an old one is fetched again well before it ends, so that an outage then does no harm (§3.3). */
    private static boolean isDue(StsFiles.@Nullable Kept kept, String id, Instant now) {
        return kept == null
                || !kept.id().equals(id)
                || now.isAfter(kept.fetched().plus(kept.policy().maxAge().dividedBy(2)));
    }

    private boolean failedLately(String domain, Instant now) {
        Instant failed = failures.get(domain);
        return failed != null && now.isBefore(failed.plus(AFTER_FAILURE));
    }

    private void failed(String domain, Instant now) {
        if (failures.size() >= FAILURES_MAX) {
            failures.clear();
        }
        failures.put(domain, now);
    }

    /** @return absent when the domain has no policy, or more than one record, which counts as none (§3.1) */
    private @Nullable String id(String domain) {
        Answer<String> answer = dns.txt("_mta-sts." + domain);
        List<String> records = answer.values().stream()
                .filter(text -> text.startsWith("v=STSv1"))
                .toList();
        if (records.size() != 1) {
            return null;
        }
        Matcher record = RECORD.matcher(records.get(0));
        return record.matches() ? record.group(1) : null;
    }

    private Optional<StsFiles.Kept> fetch(String domain, String id, Instant now) {
        String from = url.apply(domain);
        try {
            Fetched answer = fetcher.fetch(new FetchRequest(from, null, null, BYTES_MAX, "text/plain"));
            String type = answer.contentType() == null ? "" : answer.contentType();
            // A redirect isn't followed (§3.3): who can make the web server redirect is not always who owns the mail.
            boolean good = answer.status() == 200
                    && answer.finalUrl().equals(from)
                    && !answer.truncated()
                    && type.toLowerCase(Locale.ROOT).startsWith("text/plain");
            String text = new String(answer.body(), StandardCharsets.UTF_8);
            Optional<StsPolicy> policy = good ? StsPolicy.parse(text) : Optional.empty();
            if (policy.isEmpty()) {
                log.atInfo()
                        .addKeyValue("domain", domain)
                        .addKeyValue("status", answer.status())
                        .log("a domain's MTA-STS policy can't be read; mail goes as without it");
            }
            return policy.map(one -> new StsFiles.Kept(now, id, one, text));
        } catch (OutsideError e) {
            log.atInfo()
                    .addKeyValue("domain", domain)
                    .addKeyValue("why", Safe.text(e.getMessage()))
                    .log("a domain's MTA-STS policy can't be fetched; mail goes as without it");
            return Optional.empty();
        }
    }
}
