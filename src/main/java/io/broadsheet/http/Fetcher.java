package io.broadsheet.http;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import io.broadsheet.time.Pause;
import io.broadsheet.time.Stopwatch;
import java.io.IOException;
import java.net.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one URL within limits: of addresses, ports and schemes at every hop, of bytes on the wire and unpacked, and of time as a whole. Safe for
 * several threads, because OkHttp's client is.
 */
public final class Fetcher implements AutoCloseable {
    private static final Pattern MAX_AGE = Pattern.compile("(?i)(?:^|[,\\s])max-age\\s*=\\s*\"?(\\d{1,9})");
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);
    /** A longer wait than this is a mistake or a joke. */
    private static final Duration RETRY_AFTER_MAX = Duration.ofDays(30);

    private final FetchSettings settings;
    private final String userAgent;
    private final Clock clock;
    private final AddressGuard guard;
    private final HostPace pace;
    private final Pause closing = new Pause();
    private final OkHttpClient client;

    /** @throws io.broadsheet.error.UserError when {@code fetch.allow-private} can't be read */
    public Fetcher(FetchSettings settings, Clock clock) {
        this.settings = settings;
        // In ASCII, as header fields are; the site's URL in it may have a host in another script.
        this.userAgent = settings.userAgent().replaceAll("[^\\x20-\\x7E]", "?");
        this.clock = clock;
        this.guard = new AddressGuard(settings.allowPrivate(), settings.ports());
        this.pace = new HostPace(settings.perHost(), System::nanoTime);
        this.client = new OkHttpClient.Builder()
                .socketFactory(new GuardedSockets(guard))
                .proxy(Proxy.NO_PROXY)
                .followRedirects(false)
                .followSslRedirects(false)
                // HTTP/2 would share a connection between hosts of one certificate: a private host that is allowed by
                // name, and one that isn't.
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.timeout())
                .writeTimeout(settings.timeout())
                .build();
    }

    /**
     * Fetches, following redirects.
     *
     * @return the answer, whatever its status
     * @throws OutsideError when there is none: the host is away, too slow, not allowed, its certificate is bad, or it redirects without end
     */
    public Fetched fetch(FetchRequest request) {
        return fetch(request, LargeBody.WELCOME);
    }

    /** {@link #fetch(FetchRequest)} for what may only be large when there is room for it. */
    public Fetched fetch(FetchRequest request, LargeBody large) {
        HttpUrl url = HttpUrl.parse(request.url());
        if (url == null) {
            throw new OutsideError(
                    Safe.text(request.url()) + ": not an http or https URL; write it like https://example.org/feed.xml",
                    false,
                    null);
        }
        Duration waited = Duration.ZERO;
        Stopwatch watch = Stopwatch.start();
        boolean permanent = true;
        for (int hops = 0; hops <= settings.redirectsMax(); hops++) {
            Duration held = pace.heldFor(place(url));
            if (!held.isZero()) {
                return held(url, held);
            }
            waited = waited.plus(awaitTurn(url));
            Hop hop = once(url, request, large, settings.timeout().plus(waited).minus(watch.elapsed()));
            if (hop.fetched() != null) {
                return hops > 0 && permanent ? withPermanent(hop.fetched()) : hop.fetched();
            }
            permanent &= hop.permanent();
            url = next(url, hop.location());
        }
        throw new OutsideError(
                shown(HttpUrl.get(request.url())) + ": redirects more than " + settings.redirectsMax()
                        + " times, last to " + shown(url) + "; its owner must mend it",
                false,
                null);
    }

    /** Whether this host is asked without a pause between requests, because the settings allow it by name or address. */
    public boolean isHurried(String host) {
        return guard.isAllowed(host);
    }

    /** By which dates in answers are told from now. */
    public Clock clock() {
        return clock;
    }

    /** The host of this URL wants its requests this far apart, where that is more than ours: see {@code Crawl-delay} of {@link Robots}. */
    void wish(String host, Duration apart) {
        pace.wish(host, apart);
    }

    /**
     * Posts a form (application/x-www-form-urlencoded, UTF-8), within the same limits. A redirect that keeps the method (307, 308) is followed.
     *
     * @return the status of the answer, whose body is not read
     * @throws OutsideError when there is none, as with {@link #fetch}
     */
    public int post(String to, Map<String, String> form) {
        HttpUrl url = HttpUrl.parse(to);
        if (url == null) {
            throw new OutsideError(Safe.text(to) + ": not an http or https URL, so nothing was posted", false, null);
        }
        FormBody.Builder body = new FormBody.Builder(StandardCharsets.UTF_8);
        form.forEach(body::add);
        FormBody whole = body.build();
        for (int hops = 0; hops <= settings.redirectsMax(); hops++) {
            awaitTurn(url);
            Request request = new Request.Builder()
                    .url(url)
                    .header("User-Agent", userAgent)
                    .post(whole)
                    .build();
            Call call = client.newCall(request);
            call.timeout().timeout(settings.timeout().toNanos(), TimeUnit.NANOSECONDS);
            try (Response response = call.execute()) {
                String location = response.header("Location");
                if (location == null || (response.code() != 307 && response.code() != 308)) {
                    return response.code();
                }
                url = next(url, location);
            } catch (IOException e) {
                throw FetchFailure.of(shown(url), e, settings.timeout());
            }
        }
        throw new OutsideError(
                shown(url) + ": redirects more than " + settings.redirectsMax() + " times; its owner must mend it",
                false,
                null);
    }

    @Override
    public void close() {
        closing.stop();
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** One of both: an answer, or where to ask next. */
    private record Hop(@Nullable Fetched fetched, String location, boolean permanent) {}

    /** Waits until the host may be asked again, which is none of its own time; answers how long that was. */
    private Duration awaitTurn(HttpUrl url) {
        Duration wait = pace.take(url.host(), guard.isAllowed(url.host()));
        if (!wait.isZero() && closing.stoppedWithin(wait)) {
            throw new OutsideError(shown(url) + ": not fetched, since we are stopping", true, null);
        }
        return wait;
    }

    private Hop once(HttpUrl url, FetchRequest request, LargeBody large, Duration left) {
        Call call = client.newCall(asked(url, request));
        if (left.isNegative() || left.isZero()) {
            throw new OutsideError(
                    shown(url) + ": no answer within " + settings.timeout().toSeconds()
                            + " s, redirects included; 'fetch.timeout' is the limit",
                    true,
                    null);
        }
        call.timeout().timeout(left.toNanos(), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            String location = response.header("Location");
            int status = response.code();
            boolean redirect = status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
            if (redirect && location != null) {
                return new Hop(null, location, status == 301 || status == 308);
            }
            Fetched answer = answer(response, request, large);
            if (answer.retryAfter() != null && (status == 429 || status == 503)) {
                pace.hold(place(url), answer.retryAfter());
            }
            return new Hop(answer, "", false);
        } catch (IOException e) {
            throw FetchFailure.of(shown(url), e, settings.timeout());
        }
    }

    /** Whoever answers for one port of a host answers for all its paths. */
    private static String place(HttpUrl url) {
        return url.host() + ":" + url.port();
    }

    /** What the host would answer: it asked, in answer to another request, to be left alone. */
    private static Fetched held(HttpUrl url, Duration left) {
        return new Fetched(429, url.toString(), null, null, null, null, new byte[0], null, left, null, List.of());
    }

    private Request asked(HttpUrl url, FetchRequest request) {
        Request.Builder asked = new Request.Builder()
                .url(url)
                .header("User-Agent", userAgent)
                .header("Accept", request.accept())
                .header("Accept-Encoding", "gzip, br");
        String etag = request.etag();
        if (etag != null && canBeSent(etag)) {
            asked.header("If-None-Match", etag);
        }
        String lastModified = request.lastModified();
        if (lastModified != null && canBeSent(lastModified)) {
            asked.header("If-Modified-Since", lastModified);
        }
        return asked.build();
    }

    /** A server may have sent bytes that are no ASCII, which OkHttp refuses to send back; then we ask unconditionally. */
    private static boolean canBeSent(String value) {
        return value.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    }

    private static HttpUrl next(HttpUrl from, String location) {
        HttpUrl next = from.resolve(location.strip());
        if (next == null) {
            throw new OutsideError(
                    shown(from) + ": redirects to '" + Safe.text(location)
                            + "', which is no http or https URL; its owner must mend it",
                    false,
                    null);
        }
        return next;
    }

    private Fetched answer(Response response, FetchRequest request, LargeBody large) throws IOException {
        int bytesMax = request.bytesMax() == null ? settings.bytesMax() : request.bytesMax();
        // An error page may be large and is never read; the connection is not worth keeping for it.
        Body body = response.code() == 200
                ? Body.read(response.body().byteStream(), response.header("Content-Encoding"), bytesMax, large)
                : Body.NONE;
        return new Fetched(
                response.code(),
                response.request().url().toString(),
                null,
                response.header("ETag"),
                response.header("Last-Modified"),
                response.header("Content-Type"),
                body.bytes(),
                maxAge(response.header("Cache-Control")),
                retryAfter(response.header("Retry-After")),
                body.cut(),
                response.headers("Link"));
    }

    private static Fetched withPermanent(Fetched fetched) {
        return new Fetched(
                fetched.status(),
                fetched.finalUrl(),
                fetched.finalUrl(),
                fetched.etag(),
                fetched.lastModified(),
                fetched.contentType(),
                fetched.body(),
                fetched.maxAge(),
                fetched.retryAfter(),
                fetched.cut(),
                fetched.links());
    }

    private static @Nullable Duration maxAge(@Nullable String cacheControl) {
        Matcher found = MAX_AGE.matcher(cacheControl == null ? "" : cacheControl);
        return found.find() ? Duration.ofSeconds(Long.parseLong(found.group(1))) : null;
    }

    /** Seconds or an HTTP date (RFC 9110 §10.2.3); what is neither is as good as absent. */
    private @Nullable Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return null;
        }
        try {
            Duration wait = header.strip().matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(header.strip()))
                    : Duration.between(clock.instant(), ZonedDateTime.parse(header.strip(), HTTP_DATE));
            Duration positive = wait.isNegative() ? Duration.ZERO : wait;
            return positive.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : positive;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The URL without a password in it, fit for a message. */
    private static String shown(HttpUrl url) {
        return Safe.text(url.newBuilder().username("").password("").build().toString());
    }
}
