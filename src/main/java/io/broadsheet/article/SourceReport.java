package io.broadsheet.article;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;

/**
 * What one visit to a source came to.
 *
 * @param added articles never seen before
 * @param revised articles whose wording changed
 * @param seen entries that the source showed; none when it was unchanged
 * @param error one line with the mend; absent unless it failed
 * @param joined sightings added to articles that were known already
 */
@JsonPropertyOrder({"name", "status", "new", "revised", "seen", "error"})
public record SourceReport(
        String name,
        Status status,
        @JsonProperty("new") int added,
        int revised,
        int seen,
        @Nullable String error,
        @JsonIgnore int joined) {
    /** How it went. */
    public enum Status {
        @JsonProperty("ok")
        OK,
        /** The source is as it was at the last visit. */
        @JsonProperty("unchanged")
        UNCHANGED,
        @JsonProperty("failed")
        FAILED,
        /** It waits for an admin. */
        @JsonProperty("held")
        HELD
    }

    static SourceReport unchanged(String name) {
        return new SourceReport(name, Status.UNCHANGED, 0, 0, 0, null, 0);
    }

    static SourceReport failed(String name, String error) {
        return new SourceReport(name, Status.FAILED, 0, 0, 0, error, 0);
    }

    /** Whether anything that feeds show may be other than before. */
    @JsonIgnore
    public boolean isChanged() {
        return added + revised + joined > 0;
    }
}
