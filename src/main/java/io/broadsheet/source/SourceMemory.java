package io.broadsheet.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered between two visits of a source whose parts are read on their own: the pages of its stories, or the files of a folder.
 *
 * @param path the selector by which its list was found, see {@link ListPage}; absent for a sitemap, and before the first visit
 * @param usual how many stories its list has when all is well; 0 before the first visit
 * @param caughtUp whether its back catalogue was read as far as it will be: from then on what is new is news
 * @param more whether known stories still wait for their turn
 * @param known keys of pages that need not be read again, see {@link #key}; the value is their {@code lastmod}, shortened, or empty
 * @param tries keys of pages that could not be read, and how often
 * @param files of a folder, by their names; empty for all others
 */
public record SourceMemory(
        @Nullable String path,
        int usual,
        boolean caughtUp,
        boolean more,
        Map<String, String> known,
        Map<String, Integer> tries,
        Map<String, ReadFile> files) {
    /** Of a source never visited. */
    public static final SourceMemory NEW = new SourceMemory(null, 0, false, false, Map.of(), Map.of());

    /** Of a source that is tried: new, but with no more read than at a usual visit. */
    static final SourceMemory TRIAL = new SourceMemory(null, 0, true, false, Map.of(), Map.of());

    /** As many as a sitemap may have, in 20 bytes each. */
    static final int KNOWN_MAX = 50_000;

    private static final int TRIES_MAX = 500;

    public SourceMemory {
        known = new LinkedHashMap<>(known);
        tries = new LinkedHashMap<>(tries);
        // Absent in what was written before folders had one.
        files = files == null ? Map.of() : new LinkedHashMap<>(files);
    }

    /** Of a source whose stories have pages. */
    SourceMemory(
            @Nullable String path,
            int usual,
            boolean caughtUp,
            boolean more,
            Map<String, String> known,
            Map<String, Integer> tries) {
        this(path, usual, caughtUp, more, known, tries, Map.of());
    }

    /** Of a folder. */
    static SourceMemory ofFolder(Map<String, ReadFile> files) {
        return new SourceMemory(null, 0, true, false, Map.of(), Map.of(), files);
    }

    /** Twelve characters that stand for a URL: among 50,000 two of one key are as good as never. */
    static String key(String url) {
        return Sha256.hex(UrlShape.key(url)).substring(0, 12);
    }

    /** Four characters that stand for a {@code lastmod}; empty without one. */
    static String stamp(@Nullable String lastmod) {
        return lastmod == null ? "" : Sha256.hex(lastmod).substring(0, 4);
    }

    boolean knows(Listed story) {
        return known.containsKey(key(story.url()));
    }

    boolean knowsAsItIs(Listed story) {
        String stamp = known.get(key(story.url()));
        return stamp != null && (stamp.isEmpty() || story.stamp() == null || stamp.equals(stamp(story.stamp())));
    }

    /** Within the limits: what is not listed any more is forgotten first, then what was learnt longest ago. */
    SourceMemory bounded(Set<String> listed) {
        Map<String, String> kept = new LinkedHashMap<>(known);
        if (kept.size() > KNOWN_MAX) {
            kept.keySet().removeIf(key -> kept.size() > KNOWN_MAX && !listed.contains(key));
        }
        trim(kept, KNOWN_MAX);
        Map<String, Integer> failing = new LinkedHashMap<>(tries);
        trim(failing, TRIES_MAX);
        return new SourceMemory(path, usual, caughtUp, more, kept, failing);
    }

    private static void trim(Map<String, ?> map, int most) {
        var keys = map.keySet().iterator();
        for (int over = map.size() - most; over > 0 && keys.hasNext(); over--) {
            keys.next();
            keys.remove();
        }
    }
}
