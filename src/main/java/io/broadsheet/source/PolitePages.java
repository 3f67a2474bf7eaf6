package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.LargeBody;
import io.broadsheet.http.Robots;
import java.time.Clock;
import java.util.function.Supplier;

/** Fetches pages and sitemaps as far as their hosts let programs read them. Safe for several threads. */
final class PolitePages {
    private final Fetcher fetcher;
    private final Robots robots;
    private final Room room;

    PolitePages(Fetcher fetcher, Robots robots, Room room) {
        this.fetcher = fetcher;
        this.robots = robots;
        this.room = room;
    }

    /** Reads a page when its turn comes. */
    <T> T reading(Supplier<T> read) {
        return room.reading(read);
    }

    Clock clock() {
        return fetcher.clock();
    }

    Robots robots() {
        return robots;
    }

    /** @throws OutsideError when there is no answer, or robots.txt is against it */
    Fetched fetch(FetchRequest request, boolean ignoringRobots) {
        return fetch(request, ignoringRobots, LargeBody.WELCOME);
    }

    Fetched fetch(FetchRequest request, boolean ignoringRobots, LargeBody large) {
        if (!ignoringRobots) {
            ask(request.url());
        }
        Fetched answer = fetcher.fetch(request, large);
        boolean elsewhere = !UrlShape.host(answer.finalUrl()).equals(UrlShape.host(request.url()));
        if (elsewhere && !ignoringRobots) {
            ask(answer.finalUrl());
        }
        return answer;
    }

    private void ask(String url) {
        switch (robots.ask(url)) {
            case ALLOWED -> {}
            case DISALLOWED ->
                throw new OutsideError(
                        url
                                + ": not fetched; its host's robots.txt asks programs to leave it alone; ask its owner to let '"
                                + Robots.TOKEN + "' in, or set 'robots: ignore' if the site is yours",
                        false,
                        null);
            case UNREACHABLE ->
                throw new OutsideError(
                        url + ": not fetched; its host's robots.txt can't be had, so nobody knows what may be read;"
                                + " it is tried again at the next visit",
                        true,
                        null);
        }
    }
}
