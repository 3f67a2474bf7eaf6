package io.broadsheet.source;

import io.broadsheet.http.Fetcher;
import org.jspecify.annotations.Nullable;

/** Reads one document and shows what it holds; stores nothing. Safe for several threads. */
public final class Inspect {
    private final Fetcher fetcher;

    public Inspect(Fetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * @param fileOrUrl an http(s) URL, or else the path of a file
     * @param baseUrl what relative links of a file are resolved against; absent: none
     */
    public Inspected inspect(String fileOrUrl, @Nullable String baseUrl) {
        throw new UnsupportedOperationException(fileOrUrl + fetcher + baseUrl);
    }
}
