package io.broadsheet.web.site;

import io.broadsheet.error.OutsideError;
import io.broadsheet.source.MediaFiles;
import io.broadsheet.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Collections;

/** {@code GET /feeds/media/NAME}: pictures that lay beside texts. What a name shows never changes, so caches may keep it. */
public final class MediaRoutes implements Routes {
    private static final String KEPT = "public, max-age=" + Duration.ofDays(365).toSeconds() + ", immutable";

    private final MediaFiles media;

    public MediaRoutes(MediaFiles media) {
        this.media = media;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        Routes.read(routes, "/feeds/media/{file}", this::picture);
    }

    private void picture(Context http) {
        String name = http.pathParam("file");
        MediaFiles.Medium medium = media.find(name).orElseThrow(NotFoundResponse::new);
        String etag = "\"" + name.substring(0, name.indexOf('.')) + "\"";
        http.header("ETag", etag);
        http.header("Cache-Control", KEPT);
        http.header("X-Content-Type-Options", "nosniff");
        // Opened by itself it is a document of ours; whatever hides in it may do nothing.
        http.header("Content-Security-Policy", "default-src 'none'; sandbox");
        // Newsletters and feed readers show it on pages of others.
        http.header("Cross-Origin-Resource-Policy", "cross-origin");
        if (EntityTags.of(Collections.list(http.req().getHeaders("If-None-Match")))
                .holdsWeakly(etag)) {
            http.res().setContentType(null);
            http.status(304);
            return;
        }
        // As long as its name stands it holds these bytes; parts of it (Range) are not worth their rules for files of a
        // few megabytes.
        try {
            http.contentType(medium.type());
            http.header("Content-Length", Long.toString(Files.size(medium.file())));
            if (http.method() != HandlerType.HEAD) {
                http.result(Files.newInputStream(medium.file(), LinkOption.NOFOLLOW_LINKS));
            }
        } catch (NoSuchFileException e) {
            throw new NotFoundResponse();
        } catch (IOException e) {
            throw new OutsideError(medium.file() + ": can't be read; look at its permissions", true, e);
        }
    }
}
