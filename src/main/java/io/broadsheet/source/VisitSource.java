package io.broadsheet.source;

import io.broadsheet.http.Fetcher;
import java.nio.file.Path;

/** Visits one source once: asks its feed, with what it remembers, or looks through its folder. Safe for several threads. */
public final class VisitSource {
    private final Fetcher fetcher;
    private final Path home;

    public VisitSource(Fetcher fetcher, Path home) {
        this.fetcher = fetcher;
        this.home = home;
    }

    public Visit visit(SourceDefinition source, FetchState state) {
        throw new UnsupportedOperationException(source.name() + fetcher + home + state);
    }
}
