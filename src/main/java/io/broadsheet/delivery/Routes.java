package io.broadsheet.delivery;

/** Says where the messages of one sender go. Safe for several threads. */
interface Routes {
    /** The route of a message to that domain. May ask name servers, and take their time. */
    Route to(String domain);

    /** All messages go to this one server. */
    static Routes smarthost(Route.Connector connector) {
        Route.Via only = new Route.Via("", connector, Integer.MAX_VALUE);
        return domain -> only;
    }
}
