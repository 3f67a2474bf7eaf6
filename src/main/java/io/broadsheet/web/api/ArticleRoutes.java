package io.broadsheet.web.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.broadsheet.article.PostArticles;
import io.broadsheet.article.PostArticles.State;
import io.broadsheet.article.PostArticles.Taken;
import io.broadsheet.json.Json;
import io.broadsheet.log.Safe;
import io.broadsheet.source.CheckToken;
import io.broadsheet.source.CheckToken.Checked;
import io.broadsheet.source.Posted;
import io.broadsheet.source.PostedParser;
import io.broadsheet.source.Source;
import io.broadsheet.web.ClientAddress;
import io.broadsheet.web.Problem;
import io.broadsheet.web.RateLimit;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/articles}: an article, or a list of them, by who holds a token of their source. */
public final class ArticleRoutes implements Routes {
    /** Some hundred articles with their texts. */
    static final int BODY_BYTES_MAX = 4 << 20;

    private static final int POSTS_MAX = 600;
    private static final Duration POSTS_WINDOW = Duration.ofMinutes(10);
    /** Who guesses at tokens needs not be let guess fast, though it would take ages. */
    private static final int REFUSALS_MAX = 60;

    private static final Duration REFUSALS_WINDOW = Duration.ofMinutes(10);

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int UNSUPPORTED = 415;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;

    /** RFC 6750 §2.1; the scheme is blind to case (RFC 9110 §11.1). */
    private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/-]{1,200}=*) *");

    private static final Pattern JSON =
            Pattern.compile("(?i)application/(?:[a-z0-9.+-]{1,60}\\+)?json *(?:; *charset *= *\"?utf-8\"? *)?;? *");
    private static final Pattern KEY = Pattern.compile("\"?([\\x21\\x23-\\x7e]{1,200})\"?");

    /** Query parameter: what is posted is old, and not to be mailed. */
    private static final String BACK_CATALOGUE = "back-catalogue";

    private final CheckToken checkToken;
    private final PostArticles postArticles;
    private final ClientAddress clients;
    private final String siteUrl;
    private final Runnable articlesCame;
    private final PostedParser parser = new PostedParser();
    private final RateLimit posts;
    private final RateLimit refusals;

    /**
     * @param siteUrl public base of our pages, without a trailing slash
     * @param articlesCame told when any is new or revised; returns at once
     */
    public ArticleRoutes(
            CheckToken checkToken,
            PostArticles postArticles,
            ClientAddress clients,
            String siteUrl,
            Clock clock,
            Runnable articlesCame) {
        this.articlesCame = articlesCame;
        this.checkToken = checkToken;
        this.postArticles = postArticles;
        this.clients = clients;
        this.siteUrl = siteUrl;
        this.posts = new RateLimit(clock, POSTS_MAX, POSTS_WINDOW);
        this.refusals = new RateLimit(clock, REFUSALS_MAX, REFUSALS_WINDOW);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post("/api/v1/articles", this::post);
    }

    /** Nothing of the body is read before it is known who sends it. */
    private void post(Context http) {
        Optional<Source> source = admitted(http);
        if (source.isEmpty()) {
            return;
        }
        if (!isJson(http)) {
            new Problem(
                            UNSUPPORTED,
                            "Unsupported media type",
                            "Send JSON in UTF-8, uncompressed, with 'Content-Type: application/json'.",
                            List.of())
                    .answer(http);
            return;
        }
        byte[] body = body(http);
        if (body == null) {
            new Problem(
                            TOO_LARGE,
                            "Too large",
                            "Send at most " + BODY_BYTES_MAX + " octets, and more articles in several requests.",
                            List.of())
                    .answer(http);
            return;
        }
        String old = http.queryParam(BACK_CATALOGUE);
        if (old != null && !old.equals("true") && !old.equals("false")) {
            new Problem(
                            BAD_REQUEST,
                            "Not understood",
                            "'" + BACK_CATALOGUE + "' is true or false; nothing was stored.",
                            List.of())
                    .answer(http);
            return;
        }
        take(http, source.get(), "true".equals(old), parser.parse(body, key(http)));
    }

    private Optional<Source> admitted(Context http) {
        String network = ClientAddress.network(clients.of(http));
        String token = token(http);
        Checked checked = token == null ? null : checkToken.check(token);
        if (checked == null || checked.standing() == CheckToken.Standing.UNKNOWN) {
            if (refusals.admits(network)) {
                unauthorized(http, token != null);
            } else {
                tooMany(http, refusals);
            }
            return Optional.empty();
        }
        if (checked.standing() == CheckToken.Standing.CLOSED) {
            new Problem(
                            FORBIDDEN,
                            "Forbidden",
                            "The source that this token is for takes no articles any more. Ask who runs this site for another token.",
                            List.of())
                    .answer(http);
            return Optional.empty();
        }
        if (!posts.admits(Long.toString(checked.token()))) {
            tooMany(http, posts);
            return Optional.empty();
        }
        return Optional.of(Objects.requireNonNull(checked.source()));
    }

    private static @Nullable String token(Context http) {
        String given = http.header("Authorization");
        Matcher bearer = BEARER.matcher(given == null ? "" : given);
        return bearer.matches() ? bearer.group(1) : null;
    }

    /** RFC 6750 §3: without a token, no error is named. */
    private static void unauthorized(Context http, boolean given) {
        http.header(
                "WWW-Authenticate",
                given ? "Bearer realm=\"articles\", error=\"invalid_token\"" : "Bearer realm=\"articles\"");
        String detail = given
                ? "This token is none of ours, or was revoked. Ask who runs this site for another."
                : "Send 'Authorization: Bearer TOKEN'. Who runs this site makes a token with 'broadsheet token new'.";
        new Problem(UNAUTHORIZED, "Unauthorized", detail, List.of()).answer(http);
    }

    private static void tooMany(Context http, RateLimit limit) {
        String seconds = Long.toString(limit.window().toSeconds());
        http.header("Retry-After", seconds);
        new Problem(
                        TOO_MANY,
                        "Too many requests",
                        "Wait " + seconds + " seconds, then go on; several articles fit into one request.",
                        List.of())
                .answer(http);
    }

    private static boolean isJson(Context http) {
        String type = http.contentType();
        String encoding = http.header("Content-Encoding");
        return type != null
                && JSON.matcher(type).matches()
                && (encoding == null
                        || encoding.strip().toLowerCase(Locale.ROOT).equals("identity"));
    }

    /** Null when it is too large: then the rest is left unread, and the connection ends. */
    private static byte @Nullable [] body(Context http) {
        if (http.req().getContentLengthLong() > BODY_BYTES_MAX) {
            return null;
        }
        try {
            byte[] body = http.req().getInputStream().readNBytes(BODY_BYTES_MAX + 1);
            return body.length > BODY_BYTES_MAX ? null : body;
        } catch (IOException e) {
            throw new UncheckedIOException("the request broke off", e);
        }
    }

    private static @Nullable String key(Context http) {
        String given = http.header("Idempotency-Key");
        Matcher key = KEY.matcher(given == null ? "" : given.strip());
        return key.matches() ? "idempotency-key:" + key.group(1) : null;
    }

    private void take(Context http, Source source, boolean old, Posted posted) {
        String damage = posted.damage();
        if (damage != null) {
            new Problem(BAD_REQUEST, "Not JSON", Safe.text(damage), List.of()).answer(http);
        } else if (!posted.faults().isEmpty()) {
            List<Problem.Mistake> mistakes = posted.faults().stream()
                    .map(fault -> new Problem.Mistake("#" + fault.pointer(), fault.detail()))
                    .toList();
            new Problem(
                            UNPROCESSABLE,
                            "Not taken",
                            "Nothing was stored. Mend what 'errors' lists, then send all of it again.",
                            mistakes)
                    .answer(http);
        } else {
            answer(
                    http,
                    posted.several(),
                    postArticles.post(source, posted.entries(), old),
                    posted.entries().size());
        }
    }

    private void answer(Context http, boolean several, List<Taken> taken, int posted) {
        if (taken.size() < posted) {
            new Problem(FORBIDDEN, "Forbidden", "The source was closed a moment ago.", List.of()).answer(http);
            return;
        }
        List<Answered> articles = taken.stream().map(this::answered).toList();
        if (taken.stream().anyMatch(one -> one.state() != State.KNOWN)) {
            articlesCame.run();
        }
        boolean anyNew = taken.stream().anyMatch(one -> one.state() == State.NEW);
        http.header("Cache-Control", "no-store")
                .status(anyNew ? CREATED : OK)
                .contentType("application/json")
                .result(Json.write(several ? new Answers(articles) : articles.get(0)));
        if (!several && anyNew) {
            http.header("Location", articles.get(0).page());
        }
    }

    private Answered answered(Taken one) {
        String id = one.article().toString();
        return new Answered(id, one.state().name().toLowerCase(Locale.ROOT), siteUrl + "/a/" + id, one.why());
    }

    /**
     * @param page the article's page here
     * @param why it is held; absent unless it is
     */
    record Answered(
            String id,
            String state,
            String page,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String why) {}

    record Answers(List<Answered> articles) {}
}
