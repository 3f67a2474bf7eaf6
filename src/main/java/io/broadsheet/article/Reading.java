package io.broadsheet.article;

import io.broadsheet.source.Entry;
import io.broadsheet.source.SourceDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one visit showed, made ready for identity: entries that say nothing are gone, the newest stands first, and keys that several different
 * entries carry at once are known not to be keys.
 *
 * @param guids of all entries
 * @param sharedGuids guids that entries with another link or headline carry too, or that are the address of the site
 * @param sharesGuids whether more than a few entries share theirs, so that the source had better be remembered for it
 * @param idleUrls canonical URLs that stand for no one article: of entries that differ, of a front page, of the list itself
 * @param sharedPlatforms platform keys that entries of other guids and texts carry too
 */
record Reading(
        List<Item> items,
        Set<String> guids,
        Set<String> sharedGuids,
        boolean sharesGuids,
        Set<String> idleUrls,
        Set<String> sharedPlatforms) {
    /** What AFPIMS sends, without a link, where a site has nothing to show. */
    private static final String EMPTY_ARTICLE = "this is an empty article";

    /** One in twenty: fewer are a slip of the hand, for which the others' guids need not be given up. */
    private static final int SHARED_SHARE = 20;

    /** One entry and its keys. */
    record Item(Entry entry, Keys keys) {}

    static Reading of(SourceDefinition source, List<Entry> entries, Instant now) {
        List<Item> items = new ArrayList<>();
        for (Entry entry : entries) {
            Item item = new Item(entry, Keys.of(entry));
            if (!isEmpty(item)) {
                items.add(item);
            }
        }
        // Stable: where dates are missing or equal the document's own order stands.
        items.sort(
                Comparator.comparing((Item item) -> ordered(item.entry(), now)).reversed());
        Set<String> listPages = listPages(source);
        Set<String> sharedGuids = shared(items, keys -> keys.guid(), Reading::differInPage);
        boolean sharesGuids = isMany(items, sharedGuids);
        sharedGuids.addAll(each(items, keys -> isFrontOrList(keys.guid(), listPages) ? keys.guid() : null));
        Set<String> idleUrls = shared(items, keys -> keys.urlKey(), Reading::differInText);
        idleUrls.addAll(each(items, keys -> keys.frontPage() ? keys.urlKey() : null));
        idleUrls.addAll(listPages);
        return new Reading(
                List.copyOf(items),
                each(items, keys -> keys.guid()),
                sharedGuids,
                sharesGuids,
                idleUrls,
                shared(
                        items,
                        keys -> keys.platformKey(),
                        (one, other) -> !Objects.equals(one.guid(), other.guid()) && differInText(one, other)));
    }

    private static boolean differInPage(Keys one, Keys other) {
        return !Objects.equals(one.urlKey(), other.urlKey())
                || !one.wording().title().equals(other.wording().title());
    }

    private static boolean differInText(Keys one, Keys other) {
        return !one.wording().textKey().equals(other.wording().textKey());
    }

    private static Set<String> each(List<Item> items, Function<Keys, @Nullable String> key) {
        return items.stream()
                .map(item -> key.apply(item.keys()))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    /** The earlier of published and now: a claim about the future leads nothing. */
    static Instant ordered(Entry entry, Instant now) {
        Instant published = entry.published();
        return published == null || published.isAfter(now) ? now : published;
    }

    private static boolean isEmpty(Item item) {
        if (item.keys().url() != null) {
            return false;
        }
        String title = item.keys().wording().title();
        return title.isEmpty() || title.toLowerCase(Locale.ROOT).startsWith(EMPTY_ARTICLE);
    }

    private static boolean isMany(List<Item> items, Set<String> sharedGuids) {
        long sharing = items.stream()
                .filter(item -> item.keys().guid() != null
                        && sharedGuids.contains(item.keys().guid()))
                .count();
        return sharing * SHARED_SHARE > items.size();
    }

    private static boolean isFrontOrList(@Nullable String guid, Set<String> listPages) {
        return guid != null
                && CanonicalUrl.of(guid)
                        .filter(url -> url.isRoot() || listPages.contains(url.key()))
                        .isPresent();
    }

    private static Set<String> shared(
            List<Item> items, Function<Keys, @Nullable String> key, BiPredicate<Keys, Keys> differing) {
        Map<String, Keys> first = new HashMap<>();
        Set<String> shared = new HashSet<>();
        for (Item item : items) {
            String value = key.apply(item.keys());
            if (value != null) {
                Keys before = first.putIfAbsent(value, item.keys());
                if (before != null && differing.test(before, item.keys())) {
                    shared.add(value);
                }
            }
        }
        return shared;
    }

    /** The source's own address, and the folder it lies in: what entries without a page of their own link to. */
    private static Set<String> listPages(SourceDefinition source) {
        Set<String> pages = new HashSet<>();
        if (source.url() != null) {
            CanonicalUrl.of(source.url()).ifPresent(url -> {
                pages.add(url.key());
                int slash = url.path().lastIndexOf('/');
                if (slash > 0) {
                    pages.add(url.host() + url.path().substring(0, slash));
                }
            });
        }
        return pages;
    }
}
