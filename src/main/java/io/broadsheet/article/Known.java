package io.broadsheet.article;

import io.broadsheet.db.Tx;
import io.broadsheet.source.GuidTrust;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The sightings that some entries of one source could belong to, by each key. Used by one thread, within one transaction. */
final class Known {
    private final SourceId source;
    private final Reading reading;
    private final Set<Long> ids = new HashSet<>();
    private final Map<String, List<Sighting>> byGuid = new HashMap<>();
    private final Map<String, List<Sighting>> byGuidKey = new HashMap<>();
    private final Map<String, List<Sighting>> byUrlKey = new HashMap<>();
    private final Map<String, List<Sighting>> byPlatformKey = new HashMap<>();
    private final Map<String, List<Sighting>> byTextKey = new HashMap<>();
    private final GuidTrust learnt;
    private final boolean guidsTrusted;

    Known(Tx tx, SightingStore store, Source source, Reading reading, List<Reading.Item> items) {
        this.source = source.id();
        this.reading = reading;
        List<Keys> keys = items.stream().map(Reading.Item::keys).toList();
        addAll(store.byUrlKey(tx, distinct(keys, this::liveUrl)));
        addAll(store.byPlatformKey(tx, distinct(keys, this::livePlatform)));
        addAll(store.byTextKey(tx, distinct(keys, key -> key.wording().textKey())));
        this.learnt = learn(keys);
        GuidTrust all = source.guids().plus(learnt);
        this.guidsTrusted = all.isTrusted() && !learnt.isVolatile();
        if (guidsTrusted) {
            addAll(store.byGuid(tx, source.id(), distinct(keys, this::liveGuid)));
            addAll(store.byGuidKey(
                    tx, source.id(), distinct(keys, key -> liveGuid(key) == null ? null : key.guidKey())));
        }
    }

    private static Set<String> distinct(List<Keys> keys, Function<Keys, @Nullable String> key) {
        return keys.stream().map(key).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    private void addAll(Collection<Sighting> sightings) {
        sightings.forEach(this::add);
    }

    /** Also one that was not stored yet: a later entry of the same document may belong to it. */
    void add(Sighting sighting) {
        if (!ids.add(sighting.id())) {
            return;
        }
        if (sighting.source().equals(source)) {
            put(byGuid, sighting.guid(), sighting);
            put(byGuidKey, sighting.guidKey(), sighting);
        }
        put(byUrlKey, sighting.urlKey(), sighting);
        put(byPlatformKey, sighting.platformKey(), sighting);
        put(byTextKey, sighting.textKey(), sighting);
    }

    private static void put(Map<String, List<Sighting>> index, @Nullable String key, Sighting sighting) {
        if (key != null) {
            index.computeIfAbsent(key, none -> new ArrayList<>()).add(sighting);
        }
    }

    /** Of the entries whose story this source showed before, how many come back under another guid. */
    private GuidTrust learn(List<Keys> all) {
        long known = 0;
        long changed = 0;
        for (Keys keys : all) {
            if (keys.guid() == null) {
                continue;
            }
            List<Sighting> before = own(byUrl(keys));
            if (before.isEmpty()) {
                before = own(byText(keys));
            }
            if (!before.isEmpty()) {
                known++;
                changed += before.stream().anyMatch(sighting -> hasGuid(sighting, keys)) ? 0 : 1;
            }
        }
        return new GuidTrust(known, changed, reading.sharesGuids());
    }

    private static boolean hasGuid(Sighting sighting, Keys keys) {
        boolean sameKey = keys.guidKey() != null && keys.guidKey().equals(sighting.guidKey());
        // One that had none before did not change it.
        return sighting.guid() == null || sighting.guid().equals(keys.guid()) || sameKey;
    }

    private List<Sighting> own(List<Sighting> sightings) {
        return sightings.stream()
                .filter(sighting -> sighting.source().equals(source))
                .toList();
    }

    /** What these entries taught of the source's guids. */
    GuidTrust learnt() {
        return learnt;
    }

    boolean guidsTrusted() {
        return guidsTrusted;
    }

    /** The guid, if one guid stands for one story in this document. */
    @Nullable
    String liveGuid(Keys keys) {
        return keys.guid() != null && reading.sharedGuids().contains(keys.guid()) ? null : keys.guid();
    }

    @Nullable
    String liveUrl(Keys keys) {
        return keys.urlKey() != null && reading.idleUrls().contains(keys.urlKey()) ? null : keys.urlKey();
    }

    @Nullable
    String livePlatform(Keys keys) {
        boolean shared = keys.platformKey() != null && reading.sharedPlatforms().contains(keys.platformKey());
        return shared ? null : keys.platformKey();
    }

    /** Whether an entry of the same document has this guid. */
    boolean isShown(@Nullable String guid) {
        return guid != null && reading.guids().contains(guid);
    }

    /** By this source's own guid, if it can be trusted. */
    List<Sighting> byGuid(Keys keys) {
        return guidsTrusted ? of(byGuid, liveGuid(keys)) : List.of();
    }

    List<Sighting> byGuidKey(Keys keys) {
        return guidsTrusted && liveGuid(keys) != null ? of(byGuidKey, keys.guidKey()) : List.of();
    }

    List<Sighting> byUrl(Keys keys) {
        return of(byUrlKey, liveUrl(keys));
    }

    List<Sighting> byPlatform(Keys keys) {
        return of(byPlatformKey, livePlatform(keys));
    }

    List<Sighting> byText(Keys keys) {
        return of(byTextKey, keys.wording().textKey());
    }

    private static List<Sighting> of(Map<String, List<Sighting>> index, @Nullable String key) {
        return key == null ? List.of() : index.getOrDefault(key, List.of());
    }

    /** The sighting that this entry repeats: of the same article, by this source, under the same guid and URL. */
    @Nullable
    Sighting repeated(Keys keys, ArticleId article) {
        List<List<Sighting>> all = List.of(
                of(byGuid, keys.guid()),
                of(byUrlKey, keys.urlKey()),
                byText(keys),
                of(byPlatformKey, keys.platformKey()));
        for (List<Sighting> sightings : all) {
            for (Sighting sighting : sightings) {
                // Guids that change as they please say nothing new.
                boolean sameGuid = !guidsTrusted || Objects.equals(sighting.guid(), keys.guid());
                if (sighting.article().equals(article)
                        && sighting.source().equals(source)
                        && sameGuid
                        && Objects.equals(sighting.urlKey(), keys.urlKey())) {
                    return sighting;
                }
            }
        }
        return null;
    }
}
