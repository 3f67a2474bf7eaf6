package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetched.Cut;
import io.broadsheet.http.Fetcher;
import io.broadsheet.source.Visit.Status;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Visits one source once: asks its feed, with what it remembers, or looks through its folder. Stores nothing, so a visit may be repeated at will. Safe
 * for several threads.
 */
public final class VisitSource {
    private final Fetcher fetcher;
    private final FolderReader folders;
    private final FeedParser feeds = new FeedParser();

    /** @param home the folder that the paths of folder sources are relative to, and may not leave */
    public VisitSource(Fetcher fetcher, Path home) {
        this.fetcher = fetcher;
        this.folders = new FolderReader(home);
    }

    /** What the source shows now. A source that can't be read is a FAILED visit, not an exception. */
    public Visit visit(SourceDefinition source, FetchState state) {
        ZoneId zone = source.timeZone() == null ? ZoneOffset.UTC : ZoneId.of(source.timeZone());
        try {
            return switch (source.kind()) {
                case FEED -> feed(Objects.requireNonNull(source.url()), state, zone);
                case FOLDER -> folder(Objects.requireNonNull(source.path()), state, zone);
            };
        } catch (OutsideError e) {
            return failed(state, String.valueOf(e.getMessage()), null);
        }
    }

    private Visit feed(String defined, FetchState state, ZoneId zone) {
        String learnt = state.url();
        if (learnt == null) {
            return ask(defined, state, zone);
        }
        Visit there = attempt(learnt, state, zone);
        if (there.status() != Status.FAILED) {
            return there;
        }
        // The place that we learnt may be gone, or show something else now. It is given up only for one that works.
        Visit atDefined = attempt(defined, FetchState.NEW, zone);
        return atDefined.status() == Status.FAILED ? there : atDefined;
    }

    private Visit attempt(String url, FetchState state, ZoneId zone) {
        try {
            return ask(url, state, zone);
        } catch (OutsideError e) {
            return failed(state, String.valueOf(e.getMessage()), null);
        }
    }

    private Visit ask(String url, FetchState state, ZoneId zone) {
        Fetched answer = fetcher.fetch(
                new FetchRequest(url, state.etag(), state.lastModified(), null, FetchRequest.ACCEPT_FEED));
        if (answer.status() == 304) {
            return new Visit(Status.UNCHANGED, List.of(), List.of(), state, null, answer.retryAfter());
        }
        if (answer.status() != 200) {
            return failed(state, url + ": " + Answers.why(answer.status()), answer.retryAfter());
        }
        String fingerprint = sha256(answer.body());
        if (fingerprint.equals(state.fingerprint())) {
            return new Visit(
                    Status.UNCHANGED,
                    List.of(),
                    List.of(),
                    remembered(answer, fingerprint, state),
                    null,
                    answer.retryAfter());
        }
        Raw raw = new Raw(url, answer.body(), answer.contentType(), answer.finalUrl(), answer.truncated(), zone);
        Inspected read = feeds.parse(raw);
        return new Visit(
                Status.OK,
                read.entries(),
                read.notes(),
                remembered(answer, fingerprint, state),
                null,
                answer.retryAfter());
    }

    private static FetchState remembered(Fetched answer, String fingerprint, FetchState state) {
        String url = answer.permanentUrl() == null ? state.url() : answer.permanentUrl();
        if (answer.cut() == Cut.BROKEN_OFF) {
            // With its validators we would be told 304 for a document whose end we never saw.
            return new FetchState(null, null, null, url);
        }
        return new FetchState(answer.etag(), answer.lastModified(), fingerprint, url);
    }

    private Visit folder(String path, FetchState state, ZoneId zone) {
        List<FolderReader.Found> before = folders.list(path);
        String fingerprint = fingerprint(before);
        if (fingerprint.equals(state.fingerprint())) {
            return new Visit(Status.UNCHANGED, List.of(), List.of(), state, null, null);
        }
        Notes notes = new Notes();
        List<Entry> entries = new ArrayList<>();
        List<List<Entry>> read =
                before.stream().map(found -> folders.read(found, zone, notes)).toList();
        Set<FolderReader.Found> after = Set.copyOf(folders.list(path));
        boolean settled = true;
        for (int at = 0; at < before.size(); at++) {
            if (after.contains(before.get(at))) {
                entries.addAll(read.get(at));
            } else {
                settled = false;
                notes.add(before.get(at).name() + ": was changed while it was read; it is read at the next visit");
            }
        }
        FetchState next = new FetchState(null, null, settled ? fingerprint : null, null);
        return new Visit(Status.OK, entries, notes.sentences(), next, null, null);
    }

    private static String fingerprint(List<FolderReader.Found> files) {
        StringBuilder lines = new StringBuilder();
        files.forEach(file -> lines.append(file.line()));
        return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static Visit failed(FetchState state, String error, @Nullable Duration retryAfter) {
        return new Visit(Status.FAILED, List.of(), List.of(), state, error, retryAfter);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
