package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.time.Stopwatch;
import java.time.Duration;
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
 * Reads the pages of listed stories that are not known yet, so many at one visit and no more. What is left waits for the next. Safe for several threads;
 * one {@link Round} is one visit's.
 */
final class ReadStories {
    /** From a new source's list, the newest so many are its back catalogue; what is older was news to somebody else. */
    static final int CATALOGUE_MAX = 200;

    /** At each visit after that. A newsroom that publishes more between two visits has them come with the next. */
    static final int NEW_MAX = 25;

    /** Two sources on one slow host must not keep the others waiting for longer. */
    private static final Duration CATALOGUE_TIME = Duration.ofMinutes(2);

    private static final Duration NEW_TIME = Duration.ofSeconds(45);

    /** After so many pages in a row that can't be had the server is left alone. */
    private static final int FAILURES_MAX = 5;

    /** A page that can't be had at so many visits is given up. */
    private static final int TRIES_MAX = 3;

    /** As many known pages changed at once are a list that dates everything anew. */
    private static final int CHANGED_MIN = 10;

    private final PolitePages pages;
    private final PageParser parser = new PageParser();

    ReadStories(PolitePages pages) {
        this.pages = pages;
    }

    /**
     * What one visit read.
     *
     * @param error of the first page that could not be read, if none could; absent otherwise
     */
    record Read(
            List<Entry> entries,
            SourceMemory memory,
            @Nullable String error,
            @Nullable Duration retryAfter) {}

    /**
     * @param listed newest first
     * @param strict whether listed pages may be no stories at all, as in a sitemap, and only those with a story's marks are taken
     */
    Read read(
            List<Listed> listed,
            SourceMemory memory,
            SourceDefinition source,
            boolean strict,
            ZoneId zone,
            Notes notes) {
        return new Round(memory, source.rules(), strict, zone, notes).read(listed);
    }

    private final class Round {
        private final SourceMemory before;
        private final PageRules rules;
        private final boolean strict;
        private final ZoneId zone;
        private final Notes notes;
        private final Map<String, String> known;
        private final Map<String, Integer> tries;
        private final Stopwatch watch = Stopwatch.start();
        private int failuresInARow;
        private @Nullable String error;
        private @Nullable Duration retryAfter;

        Round(SourceMemory before, PageRules rules, boolean strict, ZoneId zone, Notes notes) {
            this.before = before;
            this.rules = rules;
            this.strict = strict;
            this.zone = zone;
            this.notes = notes;
            this.known = new LinkedHashMap<>(before.known());
            this.tries = new LinkedHashMap<>(before.tries());
        }

        Read read(List<Listed> listed) {
            Set<String> keys = new HashSet<>();
            List<Listed> waiting = new ArrayList<>();
            for (int at = 0; at < listed.size(); at++) {
                Listed story = listed.get(at);
                boolean first = keys.add(SourceMemory.key(story.url()));
                if (!before.caughtUp() && at >= CATALOGUE_MAX) {
                    know(story);
                } else if (first && !before.knows(story)) {
                    waiting.add(story);
                }
            }
            waiting.addAll(changed(listed));
            List<Entry> entries = new ArrayList<>();
            int most = before.caughtUp() ? NEW_MAX : CATALOGUE_MAX;
            Duration time = before.caughtUp() ? NEW_TIME : CATALOGUE_TIME;
            int asked = 0;
            boolean left = false;
            for (Listed story : waiting) {
                if (asked >= most
                        || failuresInARow >= FAILURES_MAX
                        || retryAfter != null
                        || watch.elapsed().compareTo(time) > 0) {
                    left = true;
                    break;
                }
                asked++;
                Entry entry = story(story);
                if (entry != null) {
                    entries.add(entry);
                }
            }
            boolean more = left || waiting.stream().anyMatch(story -> tries.containsKey(SourceMemory.key(story.url())));
            SourceMemory after = new SourceMemory(
                            before.path(), before.usual(), before.caughtUp() || !left, more, known, tries)
                    .bounded(keys);
            return new Read(entries, after, entries.isEmpty() ? error : null, retryAfter);
        }

        /** Known pages whose {@code lastmod} is another now. A list that changes most of them at once says nothing by it. */
        private List<Listed> changed(List<Listed> listed) {
            List<Listed> changed = listed.stream()
                    .filter(story -> before.knows(story) && !before.knowsAsItIs(story))
                    .toList();
            if (changed.size() >= CHANGED_MIN && changed.size() * 2 > listed.size()) {
                notes.add("the sitemap dates most of its pages anew at once; pages that are known were not read again");
                changed.forEach(this::know);
                return List.of();
            }
            return changed;
        }

        private void know(Listed story) {
            String key = SourceMemory.key(story.url());
            known.put(key, SourceMemory.stamp(story.stamp()));
            tries.remove(key);
        }

        private void later(Listed story, String why) {
            notes.add(why);
            error = error == null ? why : error;
            failuresInARow++;
            countTry(story);
        }

        private @Nullable Entry story(Listed story) {
            Fetched answer;
            try {
                answer = pages.fetch(FetchRequest.page(story.url()), rules.ignoresRobots());
            } catch (OutsideError e) {
                later(story, String.valueOf(e.getMessage()));
                return null;
            }
            int status = answer.status();
            if (status == 429 || status >= 500) {
                retryAfter = answer.retryAfter();
                later(story, story.url() + ": " + Answers.why(status));
                return null;
            }
            failuresInARow = Answers.isRefusal(status) ? failuresInARow + 1 : 0;
            if (status != 200) {
                withheld(story, status);
                return null;
            }
            know(story);
            return isPage(answer) ? parsed(story, answer) : null;
        }

        /** A page that its server does not show: for now, or since the list is behind. What we have of the story stays as it is. */
        private void withheld(Listed story, int status) {
            String why = story.url() + ": " + Answers.why(status);
            notes.add(why);
            // Whom all pages are refused is told so, and nothing counts as read. A single one may be for members only.
            if (Answers.isRefusal(status) && (!before.caughtUp() || failuresInARow >= FAILURES_MAX)) {
                error = error == null ? why : error;
            }
            boolean again = Answers.isRefusal(status) || before.caughtUp();
            if (Answers.mayPass(status) && again) {
                countTry(story);
            } else {
                know(story);
            }
        }

        private void countTry(Listed story) {
            if (tries.merge(SourceMemory.key(story.url()), 1, Integer::sum) >= TRIES_MAX) {
                know(story);
            }
        }

        private boolean isPage(Fetched answer) {
            String type =
                    answer.contentType() == null ? "html" : answer.contentType().toLowerCase(Locale.ROOT);
            return type.contains("html") || type.contains("text/plain");
        }

        private @Nullable Entry parsed(Listed story, Fetched answer) {
            Raw raw = new Raw(
                    story.url(), answer.body(), answer.contentType(), answer.finalUrl(), answer.truncated(), zone);
            Inspected read;
            try {
                read = pages.reading(() -> parser.parse(raw));
            } catch (OutsideError e) {
                notes.add(String.valueOf(e.getMessage()));
                return null;
            }
            if (read.entries().isEmpty()) {
                return null;
            }
            Entry entry = Complemented.by(read.entries().get(0), story, answer.finalUrl());
            return strict && !StoryMarks.has(entry, story, raw) ? null : entry;
        }
    }
}
