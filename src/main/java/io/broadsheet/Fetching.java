package io.broadsheet;

import io.broadsheet.config.Home;
import io.broadsheet.config.Settings;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.source.MediaFiles;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** The fetcher that a home's settings ask for. */
final class Fetching {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int REDIRECTS_MAX = 5;

    private Fetching() {}

    static Fetcher fetcher(Settings settings, Clock clock) {
        Settings.Fetch fetch = settings.fetch();
        return new Fetcher(
                new FetchSettings(
                        fetch.userAgent(),
                        fetch.allowPrivate(),
                        Set.copyOf(fetch.ports()),
                        Math.toIntExact(fetch.maxBytes()),
                        fetch.timeout(),
                        CONNECT_TIMEOUT,
                        REDIRECTS_MAX,
                        fetch.perHost()),
                clock);
    }

    /** Where pictures of folders are published. */
    static MediaFiles media(Home home, Settings settings, Clock clock) {
        return new MediaFiles(home.media(), settings.site().url() + "/feeds/media", clock);
    }
}
