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
 * @param move where it says it moved for good, not believed yet; absent unless its last visit was sent there
 */
public record SourceDetails(
        SourceView source,
        @Nullable Instant established,
        List<String> notes,
        Guids guids,
        @Nullable PageList list,
        @Nullable Move move) {
    /** Of stories that were seen again with an identifier, how many came back with another one; and what follows. */
    public record Guids(long seenAgain, long changed, boolean shared, boolean trusted) {}

    /**
     * A move that is not believed yet. It is at the first visit not before {@code earliest} that is sent there too, once no more are needed before it.
     *
     * @param since the first visit that was sent there
     * @param visits in a row that were
     * @param visitsLeft how many more must be, the one that settles it among them
     */
    public record Move(String url, Instant since, int visits, int visitsLeft, Instant earliest) {
        static @Nullable Move of(@Nullable Moving moving) {
            return moving == null
                    ? null
                    : new Move(
                            moving.url(),
                            moving.since(),
                            moving.visits(),
                            Math.max(1, moving.visitsLeft()),
                            moving.earliest());
        }
    }

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
