package io.broadsheet.web;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.List;

/** Some addresses and what answers them. */
public interface Routes {
    /** Addresses that begin so may be posted larger bodies than a form's, up to {@link #LARGE_BYTES_MAX}. */
    String LARGE_BODIES = "/hooks/";

    /** What answers addresses that begin so looks to the size of bodies itself, and reads no more of them than it allows. */
    List<String> OWN_LIMITS = List.of("/api/", "/websub/");

    /** Mail providers batch their events; SendGrid's batches, of about 768 KiB, are the largest known. */
    int LARGE_BYTES_MAX = 4 << 20;

    /** Called once, before the server starts. What answers is called by many threads. */
    void addTo(RoutesConfig routes);

    /** What GET answers, HEAD answers without the body (RFC 9110 §9.3.2). Left to itself, Javalin answers every HEAD with an empty 200. */
    static void read(RoutesConfig routes, String path, Handler answer) {
        routes.get(path, answer);
        routes.head(path, answer);
    }
}
