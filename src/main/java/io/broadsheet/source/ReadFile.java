package io.broadsheet.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of a folder that was read without a note, so that it need not be read again while it stays as it is.
 *
 * @param stamp stands for its size and time, and for those of the pictures that go with it
 * @param pictures names of those that its text shows
 * @param ids of its entries; empty for the usual file, whose one entry has the file's name for an id
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ReadFile(
        String stamp,
        @Nullable List<String> pictures,
        @Nullable List<String> ids) {
    @Override
    public List<String> pictures() {
        return pictures == null ? List.of() : pictures;
    }

    @Override
    public List<String> ids() {
        return ids == null ? List.of() : ids;
    }

    /** The ids that its entries have. */
    List<String> idsOf(String name) {
        return ids().isEmpty() ? List.of(name) : ids();
    }
}
