package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.source.Visit.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Visits one source once: asks its feed, with what it remembers, or looks through its folder. Stores nothing, so a visit may be repeated at will. Safe
 * for several threads.
 */
public final class VisitSource {
    private final Room room;
    private final Fetcher fetcher;
    private final VisitFolder visitFolder;
    private final FeedParser feeds = new FeedParser();
    private final VisitPages visitPages;
    private final FullText fullText;

    /**
     * @param home the folder that the paths of folder sources are relative to, and may not leave
     * @param media where pictures that lie beside texts are published; apart from these, a visit stores nothing
     */
    public VisitSource(Fetcher fetcher, Robots robots, Path home, MediaFiles media) {
        this.fetcher = fetcher;
        this.visitFolder = new VisitFolder(new FolderReader(home, media), fetcher.clock());
        this.room = new Room();
        PolitePages pages = new PolitePages(fetcher, robots, room);
        this.visitPages = new VisitPages(pages);
        this.fullText = new FullText(pages);
    }

    private VisitSource(VisitSource like, VisitFolder visitFolder) {
        this.fetcher = like.fetcher;
        this.visitFolder = visitFolder;
        this.visitPages = like.visitPages;
        this.fullText = like.fullText;
        this.room = like.room;
    }

    /** For a trial: the same, but it publishes no pictures either, so that nothing at all is stored. */
    VisitSource withoutKeeping() {
        return new VisitSource(this, visitFolder.withoutKeeping());
    }

    /**
     * What the source shows now. A source that can't be read is a FAILED visit, not an exception.
     *
     * @param memory of a source whose stories' pages are read; {@link SourceMemory#NEW} for all others
     */
    public Visit visit(SourceDefinition source, FetchState state, SourceMemory memory) {
        try (Room.Share share = share()) {
            return visit(source, state, memory, share);
        }
    }

    /** For one visit; whoever asks for it closes it, when what the visit brought was taken. */
    Room.Share share() {
        return room.share();
    }

    /** Whether this host is asked as often as we like. */
    boolean isHurried(String host) {
        return fetcher.isHurried(host);
    }

    Visit visit(SourceDefinition source, FetchState state, SourceMemory memory, Room.Share share) {
        try {
            return switch (source.kind()) {
                case FEED -> feed(source, Objects.requireNonNull(source.url()), state, memory, share);
                case FOLDER ->
                    visitFolder.visit(Objects.requireNonNull(source.path()), state, memory, zone(source), share);
                case PAGE, SITEMAP -> visitPages.visit(source, state, memory, zone(source), share);
                case API -> throw new IllegalArgumentException("an api source is never visited");
            };
        } catch (OutsideError e) {
            return failed(state, String.valueOf(e.getMessage()), null);
        }
    }

    private Instant now() {
        return fetcher.clock().instant();
    }

    private static ZoneId zone(SourceDefinition source) {
        return source.timeZone() == null ? ZoneOffset.UTC : ZoneId.of(source.timeZone());
    }

    private Visit feed(
            SourceDefinition source, String defined, FetchState state, SourceMemory memory, Room.Share share) {
        String learnt = state.url();
        if (learnt == null) {
            return ask(source, defined, state, memory, share);
        }
        Visit there = attempt(source, learnt, state, memory, share);
        if (there.status() != Status.FAILED) {
            return there;
        }
        // The place that we learnt may be gone, or show something else now. It is given up only for one that works.
        Visit atDefined = attempt(source, defined, FetchState.NEW, memory, share);
        return atDefined.status() == Status.FAILED ? there : atDefined;
    }

    private Visit attempt(
            SourceDefinition source, String url, FetchState state, SourceMemory memory, Room.Share share) {
        try {
            return ask(source, url, state, memory, share);
        } catch (OutsideError e) {
            return failed(state, String.valueOf(e.getMessage()), null);
        }
    }

    private Visit ask(SourceDefinition source, String url, FetchState state, SourceMemory memory, Room.Share share) {
        FetchRequest request = FetchRequest.of(url).given(state.etag(), state.lastModified());
        Fetched answer = share.fetched(large -> fetcher.fetch(request, large));
        if (answer.status() == 304) {
            return new Visit(
                    Status.UNCHANGED,
                    List.of(),
                    List.of(),
                    state.redirected(answer, now()),
                    null,
                    wait(source, answer, VisitHints.NONE));
        }
        if (answer.status() != 200) {
            return failed(state, url + ": " + Answers.why(answer.status()), Answers.away(answer));
        }
        String fingerprint = Sha256.hex(answer.body());
        if (fingerprint.equals(state.fingerprint())) {
            return new Visit(
                    Status.UNCHANGED,
                    List.of(),
                    List.of(),
                    state.answered(answer, fingerprint, now()),
                    null,
                    wait(source, answer, VisitHints.NONE));
        }
        Raw raw =
                new Raw(url, answer.body(), answer.contentType(), answer.finalUrl(), answer.truncated(), zone(source));
        FeedParser.Read whole = share.reading(() -> feeds.read(raw));
        Inspected read = whole.inspected();
        // What holds a date or an author and nothing else is no story: some servers send that when a list is empty.
        List<Entry> stories =
                read.entries().stream().filter(Entry::tellsSomething).toList();
        List<String> notes = new ArrayList<>(read.notes());
        if (stories.size() < read.entries().size()) {
            notes.add("entries without title, link and text were left out ("
                    + (read.entries().size() - stories.size()) + ")");
        }
        Duration away = wait(source, answer, whole.hints());
        HubLink inHeader = HubLink.of(answer.links(), answer.finalUrl());
        HubLink hub = inHeader == null ? read.hub() : inHeader;
        FetchState next = state.answered(answer, fingerprint, now());
        return source.isFullText()
                ? completed(source, new Visit(stories, notes, next, away, null, hub), memory)
                : new Visit(stories, notes, next, away, null, hub);
    }

    /** With the text of the stories' pages. */
    private Visit completed(SourceDefinition source, Visit visit, SourceMemory memory) {
        Notes more = new Notes();
        FullText.Completed completed = fullText.complete(visit.entries(), memory, source.rules(), zone(source), more);
        List<String> all = new ArrayList<>(visit.notes());
        all.addAll(more.sentences());
        FetchState next = visit.state();
        // While entries wait, the feed must be had whole again.
        FetchState state = completed.memory().more() ? next.with(null, null, null) : next;
        SourceMemory changed = completed.memory().equals(memory) ? null : completed.memory();
        return new Visit(completed.entries(), all, state, visit.retryAfter(), changed, visit.hub());
    }

    /** How long the server asks us to stay away. Where the admin says how often, caching and the feed's own hints don't count. */
    private @Nullable Duration wait(SourceDefinition source, Fetched answer, VisitHints hints) {
        Duration after = answer.retryAfter();
        if (source.every() != null) {
            return after;
        }
        Duration fresh = answer.maxAge() == null ? Duration.ZERO : answer.maxAge();
        Duration cached = fresh.compareTo(Rhythm.LONGEST) > 0 ? Rhythm.LONGEST : fresh;
        Duration hinted = hints.wait(fetcher.clock().instant());
        Duration longest = hinted.compareTo(cached) > 0 ? hinted : cached;
        return after == null || after.compareTo(longest) < 0 ? longest : after;
    }

    private static Visit failed(FetchState state, String error, @Nullable Duration retryAfter) {
        return new Visit(Status.FAILED, List.of(), List.of(), state, error, retryAfter);
    }
}
