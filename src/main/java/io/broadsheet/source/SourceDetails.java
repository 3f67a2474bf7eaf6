package io.broadsheet.source;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A source with all that is remembered of it.
 *
 * @param established since when what it shows first is news; absent while its back catalogue is read
 * @param notes what its last reading mended or left out
 * @param guids how far its identifiers are trusted
 * @param list of a page or sitemap source; absent for all others
 */
public record SourceDetails(
        SourceView source,
        @Nullable Instant established,
        List<String> notes,
        Guids guids,
        @Nullable PageList list) {
    /** Of stories that were seen again with an identifier, how many came back with another one; and what follows. */
    public record Guids(long seenAgain, long changed, boolean shared, boolean trusted) {}

    /**
     * What was learnt of a list.
     *
     * @param links the selector that finds the links to its stories; absent for a sitemap, or before it was read
     * @param learned whether we found it ourselves; otherwise the definition says it
     * @param usual how many stories it shows when all is well
     * @param known how many pages are not read again
     * @param waiting whether known stories wait for the next visit
     */
    public record PageList(@Nullable String links, boolean learned, int usual, int known, boolean waiting) {}
}
