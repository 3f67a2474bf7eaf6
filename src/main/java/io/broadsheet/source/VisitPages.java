package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.source.Visit.Status;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Visits a source whose stories have pages of their own: finds them in a list page or a sitemap, and reads those that are new. Stores nothing. Safe for
 * several threads.
 */
final class VisitPages {
    /** Of a new source: its back catalogue is no longer than {@link ReadStories#CATALOGUE_MAX}. */
    private static final int LIST_PAGES_MAX = 10;

    /** Fewer stories than this share of the usual are a change of layout, not a quiet week. */
    private static final int FEWER = 2;

    private final PolitePages pages;
    private final Sitemaps sitemaps;
    private final ReadStories readStories;

    VisitPages(PolitePages pages) {
        this.pages = pages;
        this.sitemaps = new Sitemaps(pages);
        this.readStories = new ReadStories(pages);
    }

    /** @throws OutsideError when its list can't be read */
    Visit visit(SourceDefinition source, FetchState state, SourceMemory memory, ZoneId zone, Room.Share share) {
        boolean sitemap = source.kind() == SourceDefinition.Kind.SITEMAP;
        Fetched answer = list(source, state, memory, sitemap, share);
        String url = answer.finalUrl();
        if (answer.status() == 304) {
            return new Visit(
                    Status.UNCHANGED,
                    List.of(),
                    List.of(),
                    state.redirected(answer, pages.clock().instant()),
                    null,
                    answer.retryAfter());
        }
        if (answer.status() != 200) {
            return failed(state, url + ": " + Answers.why(answer.status()), answer);
        }
        boolean waiting = !memory.caughtUp() || memory.more();
        String fingerprint = Sha256.hex(answer.body());
        // The index of several sitemaps may stay as it is while they change.
        boolean whole = state.fingerprint() != null && !state.fingerprint().startsWith("index:");
        if (!waiting && whole && fingerprint.equals(state.fingerprint())) {
            return new Visit(
                    Status.UNCHANGED,
                    List.of(),
                    List.of(),
                    next(state, answer, fingerprint),
                    null,
                    answer.retryAfter());
        }
        Notes notes = new Notes();
        if (!sitemap) {
            List<Listed> listed = new ArrayList<>();
            SourceMemory found = stories(source, answer, memory, zone, listed, notes, share);
            return read(source, listed, memory, found, false, next(state, answer, fingerprint), zone, notes, state);
        }
        Sitemaps.Found found = sitemaps.read(url, answer, source, zone, notes, share);
        FetchState next = next(state, answer, fingerprint);
        if (found.index()) {
            next = next.with(null, null, "index:" + fingerprint);
        }
        return read(source, found.stories(), memory, memory, true, next, zone, notes, state);
    }

    private Visit read(
            SourceDefinition source,
            List<Listed> listed,
            SourceMemory before,
            SourceMemory found,
            boolean strict,
            FetchState next,
            ZoneId zone,
            Notes notes,
            FetchState state) {
        ReadStories.Read read = readStories.read(listed, found, source, strict, zone, notes);
        if (read.error() != null) {
            String error = "source " + source.name() + ": its list was read, but no page of a story: " + read.error();
            return new Visit(Status.FAILED, List.of(), notes.sentences(), state, error, read.retryAfter());
        }
        boolean same = read.memory().equals(before);
        Status status = same && read.entries().isEmpty() && notes.sentences().isEmpty() ? Status.UNCHANGED : Status.OK;
        return new Visit(
                status, read.entries(), notes.sentences(), next, null, read.retryAfter(), same ? null : read.memory());
    }

    private static Visit failed(FetchState state, String error, Fetched answer) {
        return new Visit(Status.FAILED, List.of(), List.of(), state, error, Answers.away(answer));
    }

    /** At the place that was learnt; at the defined one where that fails. */
    private Fetched list(
            SourceDefinition source, FetchState state, SourceMemory memory, boolean sitemap, Room.Share share) {
        String defined = Objects.requireNonNull(source.url());
        String learnt = state.url();
        boolean conditional = memory.caughtUp() && !memory.more();
        if (learnt != null) {
            try {
                Fetched there = ask(learnt, conditional ? state : FetchState.NEW, sitemap, source, share);
                if (there.status() == 200 || there.status() == 304) {
                    return there;
                }
            } catch (OutsideError e) {
                // The place that we learnt may be gone; what the defined one says counts.
                return ask(defined, FetchState.NEW, sitemap, source, share);
            }
        }
        return ask(defined, conditional && learnt == null ? state : FetchState.NEW, sitemap, source, share);
    }

    private Fetched ask(String url, FetchState state, boolean sitemap, SourceDefinition source, Room.Share share) {
        FetchRequest request = sitemap
                ? Sitemaps.request(url, state.etag(), state.lastModified())
                : FetchRequest.page(url).given(state.etag(), state.lastModified());
        boolean ignoring = source.rules().ignoresRobots();
        return share.fetched(large -> pages.fetch(request, ignoring, large));
    }

    private FetchState next(FetchState state, Fetched answer, String fingerprint) {
        return state.answered(answer, fingerprint, pages.clock().instant());
    }

    /**
     * The stories of a list page, and of those it goes on with while its back catalogue is read.
     *
     * @param into gets them, newest first where they have dates
     * @return the memory with what was learnt about the list
     */
    private SourceMemory stories(
            SourceDefinition source,
            Fetched answer,
            SourceMemory memory,
            ZoneId zone,
            List<Listed> into,
            Notes notes,
            Room.Share share) {
        ListPage page = share.reading(() -> page(answer, zone));
        ListReading.Found found = ListReading.of(page, source, memory, notes);
        Map<String, Listed> all = new LinkedHashMap<>();
        gather(found.stories(), source, all);
        String next = memory.caughtUp() ? null : NextPage.of(page.document(), answer.finalUrl());
        for (int read = 1; next != null && read < LIST_PAGES_MAX && all.size() < ReadStories.CATALOGUE_MAX; read++) {
            int before = all.size();
            Optional<Fetched> more = more(next, source, notes);
            if (more.isEmpty()) {
                break;
            }
            Fetched furtherPage = more.get();
            ListPage another = share.reading(() -> page(furtherPage, zone));
            gather(ListReading.like(another, source, found), source, all);
            next = all.size() == before
                    ? null
                    : NextPage.of(another.document(), more.get().finalUrl());
        }
        into.addAll(all.values());
        if (into.stream().allMatch(story -> story.published() != null)) {
            into.sort(Comparator.comparing(VisitPages::published).reversed());
        }
        return new SourceMemory(
                found.path(), found.usual(), memory.caughtUp(), memory.more(), memory.known(), memory.tries());
    }

    private static Instant published(Listed story) {
        return story.published() == null ? Instant.EPOCH : story.published();
    }

    private static void gather(List<Listed> stories, SourceDefinition source, Map<String, Listed> into) {
        for (Listed story : stories) {
            if (source.rules().takes(story.url())) {
                into.putIfAbsent(UrlShape.key(story.url()), story);
            }
        }
    }

    /** That a further page can't be had is no reason to lose the first. */
    private Optional<Fetched> more(String url, SourceDefinition source, Notes notes) {
        try {
            Fetched answer = pages.fetch(FetchRequest.page(url), source.rules().ignoresRobots());
            if (answer.status() == 200) {
                return Optional.of(answer);
            }
            notes.add(url + ": " + Answers.why(answer.status()));
        } catch (OutsideError e) {
            notes.add(String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static ListPage page(Fetched answer, ZoneId zone) {
        String type =
                answer.contentType() == null ? "html" : answer.contentType().toLowerCase(Locale.ROOT);
        if (!type.contains("html") && !type.contains("text")) {
            throw new OutsideError(
                    answer.finalUrl() + ": answered with " + type
                            + ", not with a page; for a feed set 'kind: feed', for a sitemap 'kind: sitemap'",
                    false,
                    null);
        }
        return new ListPage(new Raw(
                answer.finalUrl(), answer.body(), answer.contentType(), answer.finalUrl(), answer.truncated(), zone));
    }
}
