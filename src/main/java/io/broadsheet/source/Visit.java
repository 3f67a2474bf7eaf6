package io.broadsheet.source;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one visit to a source brought.
 *
 * @param entries in document order; empty unless OK
 * @param notes what was mended or left out, one sentence each
 * @param state to remember for the next visit; unchanged when it failed
 * @param error one line with the mend; absent unless FAILED
 * @param retryAfter the server asks not to come back sooner; absent when it doesn't
 * @param pages to remember for the next visit to a source that has parts, see {@link SourceMemory}; absent for all others, and when nothing changed
 * @param unread ids of entries that the source shows too, as it did at the last visit, and that were not read again; of a folder only
 * @param hub where the source tells of its news; absent when it says nothing of the kind, and unless OK
 */
public record Visit(
        Status status,
        List<Entry> entries,
        List<String> notes,
        FetchState state,
        @Nullable String error,
        @Nullable Duration retryAfter,
        @Nullable SourceMemory pages,
        Set<String> unread,
        @Nullable HubLink hub) {
    public Visit {
        unread = Set.copyOf(unread);
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }

    /** Of a source that names no hub and has no pages to remember. */
    public Visit(
            Status status,
            List<Entry> entries,
            List<String> notes,
            FetchState state,
            @Nullable String error,
            @Nullable Duration retryAfter) {
        this(status, entries, notes, state, error, retryAfter, null, Set.of(), null);
    }

    /** Of a page or sitemap source. */
    Visit(
            Status status,
            List<Entry> entries,
            List<String> notes,
            FetchState state,
            @Nullable String error,
            @Nullable Duration retryAfter,
            @Nullable SourceMemory pages) {
        this(status, entries, notes, state, error, retryAfter, pages, Set.of(), null);
    }

    /** Of a source that may name a hub. */
    Visit(
            List<Entry> entries,
            List<String> notes,
            FetchState state,
            @Nullable Duration retryAfter,
            @Nullable SourceMemory pages,
            @Nullable HubLink hub) {
        this(Status.OK, entries, notes, state, null, retryAfter, pages, Set.of(), hub);
    }

    /** Whether more of a new source's back catalogue comes with its next visits: until then it is not established. */
    public boolean goesOn() {
        return pages != null && !pages.caughtUp();
    }

    /** How it went. */
    public enum Status {
        /** It was read. */
        OK,
        /** It is as it was at the last visit. */
        UNCHANGED,
        /** It could not be read. */
        FAILED
    }
}
