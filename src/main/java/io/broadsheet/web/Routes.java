package io.broadsheet.web;

import io.javalin.config.RoutesConfig;

/** Some addresses and what answers them. */
public interface Routes {
    /** Called once, before the server starts. What answers is called by many threads. */
    void addTo(RoutesConfig routes);
}
