package io.broadsheet.subscriber;

import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * A person.
 *
 * @param name what they call themselves, one line; absent when unknown
 * @param language BCP 47 tag they chose; absent when they did not
 * @param timeZone where they live; absent when unknown
 */
public record Subscriber(
        SubscriberId id,
        Address address,
        @Nullable String name,
        @Nullable String language,
        @Nullable ZoneId timeZone,
        Instant created) {}
