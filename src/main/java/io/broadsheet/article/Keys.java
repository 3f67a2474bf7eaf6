package io.broadsheet.article;

import io.broadsheet.source.Entry;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that tells which story an entry is.
 *
 * @param guid as given; absent when it has none
 * @param guidKey a guid that is a URL, without what varies in front of its host and the slash at its end; absent for others
 * @param url as seen; absent when it has none
 * @param urlKey canonical; absent with it
 * @param frontPage whether the URL is a site's front page
 * @param platformKey host and the platform's number of the page; absent when neither URL nor guid shows one
 */
record Keys(
        @Nullable String guid,
        @Nullable String guidKey,
        @Nullable String url,
        @Nullable String urlKey,
        boolean frontPage,
        @Nullable String platformKey,
        Wording wording) {
    private static final Pattern HTTP = Pattern.compile("(?i)^https?://");

    /** Longer keys are kept as their hash: an index of PostgreSQL holds 2,704 bytes at most. */
    private static final int KEY_MAX = 500;

    static Keys of(Entry entry) {
        String guid = guid(entry.id());
        Optional<CanonicalUrl> ofGuid = guid == null ? Optional.empty() : CanonicalUrl.of(guid);
        Optional<CanonicalUrl> ofUrl = entry.url() == null ? Optional.empty() : CanonicalUrl.of(entry.url());
        return new Keys(
                guid,
                guid != null && HTTP.matcher(guid).find() ? guidKey(guid) : null,
                entry.url(),
                ofUrl.map(CanonicalUrl::key).map(Keys::bounded).orElse(null),
                ofUrl.map(CanonicalUrl::isRoot).orElse(false),
                ofUrl.flatMap(PlatformKey::of)
                        .or(() -> ofGuid.flatMap(PlatformKey::of))
                        .map(Keys::bounded)
                        .orElse(null),
                Wording.of(entry));
    }

    /** The guid that an entry's id is; absent for one that says nothing. */
    static @Nullable String guid(@Nullable String id) {
        return id == null || id.isBlank() ? null : bounded(id.strip());
    }

    private static String bounded(String key) {
        return key.length() <= KEY_MAX ? key : "sha256:" + Wording.hash(key);
    }

    /** Less is taken off than of a URL: what a platform numbers by fragment or query stays apart. */
    static String guidKey(String guid) {
        return guid.replaceFirst("(?i)^https?://", "")
                .replaceFirst("(?i)^(?:www\\d?|m|mobile|amp)\\.(?=[^./]+\\.)", "")
                .replaceFirst("/$", "");
    }

    boolean hasNoKey() {
        return guid == null && urlKey == null;
    }
}
