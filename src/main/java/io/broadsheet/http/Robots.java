package io.broadsheet.http;

import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.broadsheet.error.OutsideError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;

/**
 * What hosts ask of those that read their pages unasked (RFC 9309). Feeds are put there to be fetched by programs, so they are fetched without it. Safe for
 * several threads; two that ask for one unknown host at once may both fetch its file.
 */
public final class Robots {
    /** The name that a robots.txt calls us by. */
    public static final String TOKEN = "broadsheet";

    /** What RFC 9309 §2.5 wants read at least. */
    private static final int BYTES_MAX = 500 * 1024;

    /** RFC 9309 §2.4: no longer than a day. */
    private static final Duration KEPT = Duration.ofHours(24);

    /** A host in trouble is asked again soon. */
    private static final Duration KEPT_WHEN_AWAY = Duration.ofMinutes(10);

    /** A host that wants more between two requests would have its stories come days late. */
    private static final Duration DELAY_MAX = Duration.ofSeconds(10);

    private static final int HOSTS_MAX = 1_000;
    private static final int SITEMAPS_MAX = 20;

    private final Fetcher fetcher;
    private final Clock clock;
    private final Map<String, Kept> hosts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
            return size() > HOSTS_MAX;
        }
    };

    private record Kept(SimpleRobotRules rules, Instant until) {}

    public Robots(Fetcher fetcher, Clock clock) {
        this.fetcher = fetcher;
        this.clock = clock;
    }

    /** What a robots.txt says about one URL. */
    public enum Answer {
        ALLOWED,
        DISALLOWED,
        /** Its robots.txt can't be had because the server is in trouble: as good as disallowed, for now (RFC 9309 §2.3.1.4). */
        UNREACHABLE
    }

    /** Whether this http(s) URL may be read. */
    public Answer ask(String url) {
        SimpleRobotRules rules = rules(url);
        if (rules.isDeferVisits()) {
            return Answer.UNREACHABLE;
        }
        return rules.isAllowed(url) ? Answer.ALLOWED : Answer.DISALLOWED;
    }

    /** The sitemaps that the host of this URL names, in the file's order; at most twenty. */
    public List<String> sitemaps(String url) {
        return rules(url).getSitemaps().stream().limit(SITEMAPS_MAX).toList();
    }

    private SimpleRobotRules rules(String url) {
        HttpUrl parsed = HttpUrl.parse(url);
        if (parsed == null) {
            return new SimpleRobotRules(RobotRulesMode.ALLOW_NONE);
        }
        String file = new HttpUrl.Builder()
                .scheme(parsed.scheme())
                .host(parsed.host())
                .port(parsed.port())
                .addPathSegment("robots.txt")
                .build()
                .toString();
        Instant now = clock.instant();
        synchronized (hosts) {
            Kept kept = hosts.get(file);
            if (kept != null && now.isBefore(kept.until())) {
                return kept.rules();
            }
        }
        SimpleRobotRules rules = fetched(file);
        Duration lifetime = rules.isDeferVisits() ? KEPT_WHEN_AWAY : KEPT;
        synchronized (hosts) {
            hosts.put(file, new Kept(rules, now.plus(lifetime)));
        }
        fetcher.wish(parsed.host(), delay(rules));
        return rules;
    }

    private SimpleRobotRules fetched(String file) {
        SimpleRobotRulesParser parser = new SimpleRobotRulesParser();
        try {
            Fetched answer = fetcher.fetch(new FetchRequest(file, null, null, BYTES_MAX, "text/plain, */*;q=0.5"));
            if (answer.status() == 200) {
                return parser.parseContent(file, answer.body(), "text/plain", List.of(TOKEN));
            }
            // RFC 9309 §2.3.1.3: what is unavailable forbids nothing. 429 asks to stay away for now, as 5xx do.
            boolean away = answer.status() >= 500 || answer.status() == 429;
            return away ? away() : new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
        } catch (OutsideError e) {
            // That it can't be reached is an answer here; the page itself, when it is fetched, will say why.
            return away();
        }
    }

    private static SimpleRobotRules away() {
        SimpleRobotRules rules = new SimpleRobotRules(RobotRulesMode.ALLOW_NONE);
        rules.setDeferVisits(true);
        return rules;
    }

    private static Duration delay(SimpleRobotRules rules) {
        long ms = rules.getCrawlDelay();
        if (ms <= 0) {
            return Duration.ZERO;
        }
        return ms > DELAY_MAX.toMillis() ? DELAY_MAX : Duration.ofMillis(ms);
    }
}
