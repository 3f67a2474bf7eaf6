package io.broadsheet.web.site;

import io.broadsheet.article.ArticleId;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.GoneResponse;
import io.javalin.http.NotFoundResponse;
import java.util.regex.Pattern;

/** The pages to read: {@code /} and {@code /a/ID}, and their style. */
public final class ReadingRoutes implements Routes {
    /** Our ids have at most 63 bits. */
    private static final Pattern ID = Pattern.compile("[0-9]{1,18}|[0-8][0-9]{18}");

    private final Newsroom newsroom;
    private final Pages pages;

    public ReadingRoutes(Newsroom newsroom, Pages pages) {
        this.newsroom = newsroom;
        this.pages = pages;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.read(routes, "/", http -> show(http, pages.home(newsroom.front())));
        Routes.read(routes, "/a/{id}", this::article);
        Routes.read(
                routes,
                Style.PATH,
                http -> http.header("Cache-Control", "public, max-age=31536000, immutable")
                        .contentType("text/css; charset=utf-8")
                        .result(Style.css()));
    }

    private void article(Context http) {
        String id = http.pathParam("id");
        if (!ID.matcher(id).matches()) {
            throw new NotFoundResponse();
        }
        ArticleId article = ArticleId.parse(id);
        if (newsroom.isRetracted(article)) {
            throw new GoneResponse();
        }
        show(http, pages.article(newsroom.article(article).orElseThrow(NotFoundResponse::new)));
    }

    private void show(Context http, String page) {
        http.header("Cache-Control", "no-cache").contentType(pages.mediaType()).result(page);
    }
}
