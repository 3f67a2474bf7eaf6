package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetcher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one document and shows what it holds; stores nothing. Safe for several threads. */
public final class Inspect {
    /** The same as for what is fetched. */
    private static final int FILE_BYTES_MAX = 5 * 1024 * 1024;

    private final Fetcher fetcher;
    private final ZoneId zone;
    private final DocumentParser documents = new DocumentParser();

    /** @param zone for dates that name none */
    public Inspect(Fetcher fetcher, ZoneId zone) {
        this.fetcher = fetcher;
        this.zone = zone;
    }

    /**
     * @param fileOrUrl an http(s) URL, or else the path of a file
     * @param baseUrl what relative links of a file are resolved against; absent: none
     * @throws UserError when there is no such file
     * @throws OutsideError when it can't be fetched or read
     */
    public Inspected inspect(String fileOrUrl, @Nullable String baseUrl) {
        boolean url = fileOrUrl.matches("(?i)https?://.*");
        Raw raw = url ? fetched(fileOrUrl, baseUrl) : file(fileOrUrl, baseUrl);
        Inspected read = documents.parse(raw);
        return url && read.kind().equals("page") ? withBetter(read, raw) : read;
    }

    /** A page may be the door to something better. */
    private static Inspected withBetter(Inspected read, Raw raw) {
        List<String> notes = new ArrayList<>(read.notes());
        notes.addAll(Discover.notes(raw));
        return new Inspected(read.kind(), read.title(), read.url(), read.language(), read.entries(), notes);
    }

    private Raw fetched(String url, @Nullable String baseUrl) {
        Fetched answer = fetcher.fetch(FetchRequest.of(url));
        if (answer.status() != 200) {
            throw new OutsideError(url + ": " + Answers.why(answer.status()), answer.status() >= 500, null);
        }
        String base = baseUrl == null ? answer.finalUrl() : baseUrl;
        return new Raw(url, answer.body(), answer.contentType(), base, answer.truncated(), zone);
    }

    private Raw file(String name, @Nullable String baseUrl) {
        try {
            Path file = Path.of(name);
            if (!Files.isRegularFile(file)) {
                throw new UserError(name + ": no such file; give a file's path, or a URL with http:// or https://");
            }
            try (InputStream in = Files.newInputStream(file)) {
                byte[] bytes = in.readNBytes(FILE_BYTES_MAX);
                return new Raw(name, bytes, null, baseUrl, in.read() >= 0, zone);
            }
        } catch (InvalidPathException e) {
            throw new UserError(name + ": no such file; give a file's path, or a URL with http:// or https://");
        } catch (IOException e) {
            throw new OutsideError(name + ": can't be read; look at its permissions", false, e);
        }
    }
}
