package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a sitemap with all that it names, as far as its limits. Safe for several threads. */
final class Sitemaps {
    /** Of one site at one visit; the newest are read first. */
    private static final int FILES_MAX = 20;

    /** An index of indexes is against the protocol, and is found all the same. */
    private static final int DEPTH_MAX = 3;

    /** As much as is fetched of one file, packed or not. */
    static final int BYTES_MAX = 10 * 1024 * 1024;

    private static final Pattern NO_STORIES = Pattern.compile(
            "(?i).*(?:categor(?:y|ies)|tags?|taxonom(?:y|ies)|authors?|users?|images?|videos?|products?|pages?)[-_]?(?:site)?map.*"
                    + "|.*sitemap[-_](?:misc|categor|tag|tax|author|users|pt-page|images?|videos?|products?).*");

    private static final Pattern DATED = Pattern.compile("/(20\\d{2})[/-](\\d{1,2})(?:[/-](\\d{1,2}))?(?:[/-]|$)");
    private static final Pattern NUMBER = Pattern.compile("(?<=[/=-])(\\d{3,12})(?=$|[/.-])");

    private final PolitePages pages;

    Sitemaps(PolitePages pages) {
        this.pages = pages;
    }

    /**
     * What a site's sitemaps name.
     *
     * @param stories newest first, as far as anything says what is new; at most {@link Sitemap#URLS_MAX}
     * @param first how the first file was answered
     */
    record Found(List<Listed> stories, Fetched first, boolean index) {}

    private record Open(Listed file, int depth) {}

    /**
     * @param first the first file, fetched already
     * @throws OutsideError when it is no sitemap
     */
    Found read(String url, Fetched first, SourceDefinition source, ZoneId zone, Notes notes, Room.Share share) {
        Sitemap root = share.reading(() -> sitemap(url, first, zone, notes));
        if (root.stories().isEmpty() && root.files().isEmpty()) {
            throw new OutsideError(
                    url + ": names no pages; is it a sitemap? For a page that lists stories set 'kind: page'",
                    false,
                    null);
        }
        Map<String, Listed> stories = new LinkedHashMap<>();
        gather(root, url, source, stories);
        Set<String> seen = new HashSet<>(Set.of(UrlShape.key(url)));
        Deque<Open> open = new ArrayDeque<>();
        ordered(root.files()).forEach(file -> open.addLast(new Open(file, 1)));
        int read = 1;
        while (!open.isEmpty()
                && stories.size() < Sitemap.URLS_MAX
                && stories.values().stream().mapToLong(Listed::characters).sum() < Sitemap.KEPT_MAX) {
            Open next = open.removeFirst();
            if (!seen.add(UrlShape.key(next.file().url()))
                    || !UrlShape.sameSite(next.file().url(), url)) {
                continue;
            }
            if (read >= FILES_MAX) {
                notes.add("the sitemap names more than " + FILES_MAX + " files; the newest were read");
                break;
            }
            read++;
            Sitemap child = child(next.file().url(), source, zone, notes, share);
            if (child != null) {
                gather(child, url, source, stories);
                if (next.depth() < DEPTH_MAX) {
                    List<Listed> files = ordered(child.files());
                    for (int at = files.size() - 1; at >= 0; at--) {
                        open.addFirst(new Open(files.get(at), next.depth() + 1));
                    }
                }
            }
        }
        return new Found(newestFirst(stories.values()), first, root.isIndex());
    }

    private static Sitemap sitemap(String url, Fetched answer, ZoneId zone, Notes notes) {
        Sitemap sitemap = Sitemap.of(
                new Raw(url, answer.body(), answer.contentType(), answer.finalUrl(), answer.truncated(), zone));
        sitemap.notes().forEach(notes::add);
        return sitemap;
    }

    private @Nullable Sitemap child(String url, SourceDefinition source, ZoneId zone, Notes notes, Room.Share share) {
        try {
            boolean ignoring = source.rules().ignoresRobots();
            Fetched answer = share.fetched(large -> pages.fetch(request(url, null, null), ignoring, large));
            if (answer.status() == 200) {
                return share.reading(() -> sitemap(url, answer, zone, notes));
            }
            notes.add(url + ": " + Answers.why(answer.status()));
        } catch (OutsideError e) {
            notes.add(String.valueOf(e.getMessage()));
        }
        return null;
    }

    static FetchRequest request(String url, @Nullable String etag, @Nullable String lastModified) {
        return new FetchRequest(url, etag, lastModified, BYTES_MAX, "application/xml, text/xml;q=0.9, */*;q=0.5");
    }

    private static void gather(Sitemap sitemap, String root, SourceDefinition source, Map<String, Listed> stories) {
        for (Listed story : sitemap.stories()) {
            boolean wanted = UrlShape.sameSite(story.url(), root)
                    && !UrlShape.isNoStory(story.url())
                    && source.rules().takes(story.url());
            if (wanted && stories.size() < Sitemap.URLS_MAX) {
                stories.putIfAbsent(UrlShape.key(story.url()), story);
            }
        }
    }

    /** Files that name stories, newest first; all of them where none is sure to. */
    static List<Listed> ordered(List<Listed> files) {
        List<Listed> telling = files.stream()
                .filter(file -> !NO_STORIES.matcher(file.url()).matches())
                .toList();
        List<Listed> ordered = new ArrayList<>(telling.isEmpty() ? files : telling);
        ordered.sort(Comparator.comparing(
                (Listed file) -> file.stamp() == null ? "" : file.stamp(), Comparator.reverseOrder()));
        return ordered;
    }

    /** By what is said of each, its address included; the document's order stands where nothing is. */
    private static List<Listed> newestFirst(Iterable<Listed> stories) {
        List<Timed> timed = new ArrayList<>();
        stories.forEach(story -> timed.add(new Timed(story, time(story), number(story.url()))));
        timed.sort(Comparator.comparingLong(Timed::time)
                .thenComparingLong(Timed::number)
                .reversed());
        return timed.stream().map(Timed::story).toList();
    }

    private record Timed(Listed story, long time, long number) {}

    private static long time(Listed story) {
        if (story.published() != null) {
            return story.published().toEpochMilli();
        }
        Instant changed = story.stamp() == null
                ? null
                : Dates.read(story.stamp(), java.time.ZoneOffset.UTC).instant();
        if (changed != null) {
            return changed.toEpochMilli();
        }
        Matcher dated = DATED.matcher(story.url());
        if (!dated.find()) {
            return 0;
        }
        Instant day = Dates.read(
                        dated.group(1) + "-" + dated.group(2) + "-" + (dated.group(3) == null ? "1" : dated.group(3)),
                        java.time.ZoneOffset.UTC)
                .instant();
        return day == null ? 0 : day.toEpochMilli();
    }

    private static long number(String url) {
        Matcher number = NUMBER.matcher(url);
        long last = 0;
        while (number.find()) {
            last = Long.parseLong(number.group(1));
        }
        return last;
    }
}
