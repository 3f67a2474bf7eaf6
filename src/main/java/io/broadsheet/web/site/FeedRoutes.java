package io.broadsheet.web.site;

import io.broadsheet.feed.FeedFormat;
import io.broadsheet.feed.PublishedFeeds;
import io.broadsheet.feed.PublishedFeeds.Standing;
import io.broadsheet.feed.PublishedFile;
import io.broadsheet.web.Routes;
import io.broadsheet.web.ops.Metrics;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.GoneResponse;
import io.javalin.http.NotFoundResponse;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** {@code GET /feeds/NAME.{rss,atom,json}} and {@code GET /feeds.opml}, from memory. */
public final class FeedRoutes implements Routes {
    private final PublishedFeeds feeds;
    private final Clock clock;
    private final Metrics metrics;

    public FeedRoutes(PublishedFeeds feeds, Clock clock, Metrics metrics) {
        this.feeds = feeds;
        this.clock = clock;
        this.metrics = metrics;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.read(routes, "/feeds/{file}", this::feed);
        Routes.read(routes, "/feeds.opml", http -> {
            PublishedFile file = feeds.opml().orElseThrow(NotFoundResponse::new);
            metrics.feedAnswered("opml", answer(http, file));
        });
    }

    private void feed(Context http) {
        String file = http.pathParam("file");
        int dot = file.lastIndexOf('.');
        String name = dot < 0 ? "" : file.substring(0, dot);
        FeedFormat format = FeedFormat.ofExtension(file.substring(dot + 1)).orElseThrow(NotFoundResponse::new);
        Optional<PublishedFile> found = feeds.find(name, format);
        if (found.isPresent()) {
            metrics.feedAnswered(format.extension(), answer(http, found.get()));
        } else if (feeds.standing(name) == Standing.CLOSED) {
            throw new GoneResponse();
        } else {
            throw new NotFoundResponse();
        }
    }

    private int answer(Context http, PublishedFile file) {
        StoredAnswer.Asked asked = new StoredAnswer.Asked(
                header(http, "If-Match"),
                header(http, "If-Unmodified-Since"),
                header(http, "If-None-Match"),
                header(http, "If-Modified-Since"),
                header(http, "Accept-Encoding"));
        StoredAnswer answer = StoredAnswer.to(asked, file, clock.instant());
        // Javalin has put its own there, which a 304 would carry as if it were the document's.
        http.res().setContentType(null);
        answer.headers().forEach(http::header);
        http.status(answer.status());
        if (answer.body().length > 0) {
            http.result(answer.body());
        }
        return answer.status();
    }

    /** A header that came in several lines is one list (RFC 9110 §5.3). Absent: empty list. */
    private static List<String> header(Context http, String name) {
        return Collections.list(http.req().getHeaders(name));
    }
}
