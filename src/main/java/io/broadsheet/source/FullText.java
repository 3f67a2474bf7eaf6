package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.html.PlainText;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.time.Stopwatch;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Completes the entries of a feed that tells the beginnings of its stories: the page of each that is new, or reads otherwise than before, is fetched,
 * and the better of the two texts is taken. Entries that are known as they are get left out of the visit, since without their pages they would look as
 * if they had been cut short. Stores nothing; safe for several threads.
 */
final class FullText {
    /** After so many pages in a row that can't be had the server is left alone until the next visit. */
    private static final int FAILURES_MAX = 5;

    /** A page that can't be had at so many visits is given up; the feed's own text stays. */
    private static final int TRIES_MAX = 3;

    /** Two sources on one slow host must not keep the others waiting for longer. */
    private static final Duration TIME = Duration.ofSeconds(60);

    /** So much of the feed's words in the page's text make that the whole of which the feed has a part. */
    private static final double CONTAINED = 0.8;

    private final PolitePages pages;
    private final PageParser parser = new PageParser();

    FullText(PolitePages pages) {
        this.pages = pages;
    }

    /**
     * What one visit has.
     *
     * @param entries that are new or changed
     * @param memory to remember; {@code more} when some entries wait for the next visit
     */
    record Completed(List<Entry> entries, SourceMemory memory) {}

    Completed complete(List<Entry> entries, SourceMemory before, PageRules rules, ZoneId zone, Notes notes) {
        Map<String, String> known = new LinkedHashMap<>(before.known());
        Map<String, Integer> tries = new LinkedHashMap<>(before.tries());
        Set<String> listed = new HashSet<>();
        List<Entry> completed = new ArrayList<>();
        Stopwatch watch = Stopwatch.start();
        int most = before.caughtUp() ? ReadStories.NEW_MAX : ReadStories.CATALOGUE_MAX;
        int asked = 0;
        int failures = 0;
        boolean left = false;
        for (Entry entry : entries) {
            String url = entry.url();
            if (url == null) {
                completed.add(entry);
                continue;
            }
            String key = SourceMemory.key(url);
            String stamp = SourceMemory.stamp(entry.title() + entry.summary() + entry.content() + entry.updated());
            listed.add(key);
            if (stamp.equals(known.get(key))) {
                continue;
            }
            if (asked >= most || failures >= FAILURES_MAX || watch.elapsed().compareTo(TIME) > 0) {
                left = true;
                continue;
            }
            asked++;
            Entry page = page(url, rules, zone, notes);
            failures = page == null ? failures + 1 : 0;
            if (page != null || tries.merge(key, 1, Integer::sum) >= TRIES_MAX) {
                known.put(key, stamp);
                tries.remove(key);
            }
            completed.add(page == null ? entry : better(entry, page, notes));
        }
        tries.keySet().retainAll(listed);
        boolean more = left || !tries.isEmpty();
        return new Completed(
                completed, new SourceMemory(null, 0, before.caughtUp() || !left, more, known, tries).bounded(listed));
    }

    /** The story as its page has it; null, with a note, when it can't be had, or holds none. */
    private @Nullable Entry page(String url, PageRules rules, ZoneId zone, Notes notes) {
        try {
            Fetched answer = pages.fetch(FetchRequest.page(url), rules.ignoresRobots());
            String type =
                    answer.contentType() == null ? "html" : answer.contentType().toLowerCase(Locale.ROOT);
            if (answer.status() != 200 || !type.contains("html")) {
                notes.add(url + ": "
                        + (answer.status() == 200 ? "is " + type + ", no page" : Answers.why(answer.status()))
                        + "; the feed's own text was used");
                return null;
            }
            Raw raw = new Raw(url, answer.body(), answer.contentType(), answer.finalUrl(), answer.truncated(), zone);
            List<Entry> read = pages.reading(() -> parser.parse(raw)).entries();
            if (read.isEmpty() || read.get(0).content() == null) {
                notes.add(url + ": no story was found in the page; the feed's own text was used");
                return null;
            }
            return read.get(0);
        } catch (OutsideError e) {
            notes.add(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /**
     * The feed's entry with the page's text, if the feed's is a part of it or there is none; what the feed does not say at all is taken from the page in
     * any case.
     */
    static Entry better(Entry feed, Entry page, Notes notes) {
        Set<String> has = words(feed.content() == null ? feed.summary() : feed.content());
        Set<String> gets = words(page.content());
        long shared = has.stream().filter(gets::contains).count();
        boolean part = shared >= CONTAINED * has.size();
        // A teaser may be worded anew; a page that has several times as much is the whole all the same.
        boolean whole = gets.size() > has.size() && (part || gets.size() > 3 * has.size());
        notes.add(
                whole
                        ? "the text was taken from the story's page, since the feed has a part of it"
                        : "the feed's text was kept, since the story's page has no more");
        boolean dated = feed.published() != null;
        Instant published = dated ? feed.published() : page.published();
        return new Entry(
                feed.id(),
                feed.url(),
                feed.title().isEmpty() ? page.title() : feed.title(),
                feed.author() == null ? page.author() : feed.author(),
                feed.unit() == null ? page.unit() : feed.unit(),
                feed.dateline() == null ? page.dateline() : feed.dateline(),
                published,
                dated ? feed.dateFrom() : page.dateFrom(),
                feed.updated() == null ? page.updated() : feed.updated(),
                feed.summary() == null ? page.summary() : feed.summary(),
                whole ? page.content() : feed.content(),
                feed.language() == null ? page.language() : feed.language(),
                feed.categories().isEmpty() ? page.categories() : feed.categories(),
                feed.enclosures().isEmpty() ? page.enclosures() : feed.enclosures());
    }

    private static Set<String> words(@Nullable String html) {
        Set<String> words = new HashSet<>();
        if (html != null) {
            for (String word : PlainText.of(html).toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
                if (!word.isEmpty()) {
                    words.add(word);
                }
            }
        }
        return words;
    }
}
