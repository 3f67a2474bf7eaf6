package io.broadsheet.article;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What one round of collecting came to.
 *
 * @param sources in the order asked for
 * @param newArticles articles never seen before, of all sources
 */
public record CollectReport(
        List<SourceReport> sources, @JsonProperty("new") int newArticles) {
    public CollectReport {
        sources = List.copyOf(sources);
    }

    static CollectReport of(List<SourceReport> sources) {
        return new CollectReport(
                sources, sources.stream().mapToInt(SourceReport::added).sum());
    }

    /** Whether anything that feeds show may be other than before. */
    @JsonIgnore
    public boolean isChanged() {
        return sources.stream().anyMatch(SourceReport::isChanged);
    }
}
