package io.broadsheet.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.util.StdConverter;

/** Lets a text that is there but empty be null in JSON, as every absent value is. For {@code @JsonSerialize(converter = …)}. */
public final class EmptyAsNull extends StdConverter<String, @Nullable String> {
    @Override
    public @Nullable String convert(String text) {
        return text.isEmpty() ? null : text;
    }
}
