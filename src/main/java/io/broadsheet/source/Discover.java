package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import io.broadsheet.log.Safe;
import io.broadsheet.source.SourceDefinition.Kind;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how to collect from a URL: it is a feed or a sitemap; or a page, whose feed is looked for where such are, whose stories are looked for in
 * itself, and in its site's sitemaps. Stores nothing. Safe for several threads.
 */
public final class Discover {
    /** Addresses that are tried because feeds are often there; each is one request to a host that did not ask for it. */
    private static final int TRIED_MAX = 16;

    /** Of an index: enough to show what it gives. */
    private static final int CHILDREN_MAX = 3;

    private static final int FEEDS_MAX = 3;
    private static final int HEAD_CHARACTERS = 2_000;

    private final Fetcher fetcher;
    private final Robots robots;
    private final ZoneId zone;
    private final DocumentParser documents = new DocumentParser();
    private final FeedParser feeds = new FeedParser();

    /** @param zone for dates that name none */
    public Discover(Fetcher fetcher, Robots robots, ZoneId zone) {
        this.fetcher = fetcher;
        this.robots = robots;
        this.zone = zone;
    }

    /**
     * All ways that were found, the best first.
     *
     * @param given a URL; without a scheme it is https
     * @throws UserError when its scheme is another than http and https
     * @throws OutsideError when it can't be fetched, or shows nothing to collect
     */
    public List<Proposal> discover(String given) {
        if (given.contains("://") && !given.matches("(?i)https?://.*")) {
            throw new UserError("source add: '" + Safe.text(given)
                    + "' can't be collected; give an address that begins with https:// or http://");
        }
        String url = given.matches("(?i)https?://.*") ? given : "https://" + given;
        Fetched answer = fetcher.fetch(FetchRequest.page(url));
        if (answer.status() != 200) {
            throw new OutsideError(url + ": " + Answers.why(answer.status()), answer.status() >= 500, null);
        }
        Raw raw = raw(url, answer);
        if (isSitemap(raw)) {
            Sitemap sitemap = Sitemap.of(raw);
            return List.of(proposal(url, "the address is a sitemap", sitemap));
        }
        Inspected read = documents.parse(raw);
        return switch (read.kind()) {
            case "feed" -> List.of(proposal(url, "the address is a feed", read));
            case "page" -> ofPage(url, raw);
            case "opml" ->
                throw new OutsideError(
                        url + ": is a list of feeds; save it, and take it in with 'broadsheet source import FILE'",
                        false,
                        null);
            default ->
                throw new OutsideError(
                        url + ": is " + read.kind()
                                + ", neither a feed, a page nor a sitemap; give the newsroom's address",
                        false,
                        null);
        };
    }

    static boolean isSitemap(Raw raw) {
        String head = FeedText.of(raw.bytes(), raw.contentType(), new Notes());
        String beginning =
                head.substring(0, Math.min(head.length(), HEAD_CHARACTERS)).toLowerCase(Locale.ROOT);
        return beginning.contains("<urlset") || beginning.contains("<sitemapindex");
    }

    private Raw raw(String url, Fetched answer) {
        return new Raw(url, answer.body(), answer.contentType(), answer.finalUrl(), answer.truncated(), zone);
    }

    private List<Proposal> ofPage(String url, Raw raw) {
        ListPage page = new ListPage(raw);
        Optional<ListPage.Learned> list = page.learn();
        List<Proposal> found = new ArrayList<>();
        Set<String> listed = new HashSet<>();
        list.ifPresent(learned -> learned.stories().forEach(story -> listed.add(UrlShape.key(story.url()))));
        List<Proposal> others = new ArrayList<>();
        for (Proposal feed : feeds(page, String.valueOf(raw.baseUrl()))) {
            boolean same = listed.isEmpty()
                    || feed.newest().stream()
                            .anyMatch(story -> story.url() != null && listed.contains(UrlShape.key(story.url())));
            (same ? found : others).add(feed);
        }
        list.ifPresent(learned -> found.add(proposal(url, page, learned)));
        found.addAll(others);
        if (found.stream().noneMatch(proposal -> proposal.kind() == Kind.FEED)) {
            sitemap(url).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            throw new OutsideError(
                    url
                            + ": no feed, no list of stories and no sitemap was found there; give the address of the page that lists"
                            + " the stories, or say where they are with 'kind: page' and 'selectors' in config/sources.yml",
                    false,
                    null);
        }
        return List.copyOf(found);
    }

    /** What the page names first, then where feeds often are; those are tried only until one is found. */
    private List<Proposal> feeds(ListPage page, String url) {
        Map<String, String> places = FeedPlaces.named(page.document(), url);
        List<Proposal> found = new ArrayList<>();
        Set<String> tried = new LinkedHashSet<>();
        for (Map.Entry<String, String> place : places.entrySet()) {
            attempt(place.getKey(), place.getValue(), tried, found);
        }
        if (found.isEmpty()) {
            for (String place : FeedPlaces.usual(page.document(), url)) {
                attempt(place, "found at an address where feeds often are", tried, found);
                if (!found.isEmpty()) {
                    break;
                }
            }
        }
        return found;
    }

    private void attempt(String url, String how, Set<String> tried, List<Proposal> found) {
        if (tried.size() >= TRIED_MAX || found.size() >= FEEDS_MAX || !tried.add(UrlShape.key(url))) {
            return;
        }
        try {
            Fetched answer = fetcher.fetch(FetchRequest.of(url));
            if (answer.status() == 200) {
                Inspected read = feeds.parse(raw(url, answer));
                if (!read.entries().isEmpty()) {
                    found.add(proposal(url, how, read));
                }
            }
        } catch (OutsideError e) {
            // No feed there, which is what most tries answer; what was found instead is told.
            return;
        }
    }

    private Optional<Proposal> sitemap(String url) {
        Set<String> places = new LinkedHashSet<>(robots.sitemaps(url));
        places.add(FeedTree.resolve(url, "/news-sitemap.xml"));
        places.add(FeedTree.resolve(url, "/sitemap.xml"));
        places.add(FeedTree.resolve(url, "/sitemap_index.xml"));
        for (String place : places) {
            try {
                Fetched answer = fetcher.fetch(Sitemaps.request(place, null, null));
                Raw raw = raw(place, answer);
                if (answer.status() == 200 && isSitemap(raw)) {
                    return Optional.of(proposal(place, "found as the site's sitemap", Sitemap.of(raw)));
                }
            } catch (OutsideError e) {
                // As with feeds: the next place may have one.
                continue;
            }
        }
        return Optional.empty();
    }

    private static Proposal proposal(String url, String how, Inspected feed) {
        return new Proposal(
                Kind.FEED,
                url,
                feed.title(),
                how,
                feed.entries().size(),
                feed.entries().stream()
                        .map(entry -> new Proposal.Story(entry.title(), entry.url(), entry.published()))
                        .toList());
    }

    private static Proposal proposal(String url, ListPage page, ListPage.Learned learned) {
        return new Proposal(
                Kind.PAGE,
                url,
                blankToNull(page.title()),
                "the page lists them" + (learned.path().isEmpty() ? " in JSON-LD" : ", at '" + learned.path() + "'"),
                learned.stories().size(),
                stories(learned.stories()));
    }

    private Proposal proposal(String url, String how, Sitemap sitemap) {
        if (!sitemap.isIndex()) {
            return new Proposal(Kind.SITEMAP, url, null, how, sitemap.stories().size(), stories(sitemap.stories()));
        }
        List<Listed> stories = new ArrayList<>();
        String within = inside(url, sitemap, stories);
        String what = how + ", an index of " + sitemap.files().size() + " others" + within;
        return new Proposal(Kind.SITEMAP, url, null, what, stories.size(), stories(stories));
    }

    /** Looks into a few of those that an index names, until one shows stories. @return which, in the reader's words; empty when none does */
    private String inside(String url, Sitemap index, List<Listed> stories) {
        int looks = 0;
        for (Listed file : Sitemaps.ordered(index.files())) {
            if (stories.isEmpty() && looks < CHILDREN_MAX && UrlShape.sameSite(file.url(), url)) {
                looks++;
                stories.addAll(child(file.url()));
                if (!stories.isEmpty()) {
                    return "; shown are those of " + file.url();
                }
            }
        }
        return "";
    }

    private List<Listed> child(String url) {
        try {
            Fetched answer = fetcher.fetch(Sitemaps.request(url, null, null));
            Raw raw = raw(url, answer);
            if (answer.status() != 200 || !isSitemap(raw)) {
                return List.of();
            }
            return Sitemap.of(raw).stories().stream()
                    .filter(story -> UrlShape.sameSite(story.url(), url) && !UrlShape.isNoStory(story.url()))
                    .toList();
        } catch (OutsideError e) {
            // The next one may be there; collecting tells of those that are not.
            return List.of();
        }
    }

    private static List<Proposal.Story> stories(List<Listed> listed) {
        return listed.stream()
                .map(story -> new Proposal.Story(story.title(), story.url(), story.published()))
                .toList();
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    /** What a page that was inspected could be collected as, in sentences; asks no other address. */
    static List<String> notes(Raw raw) {
        if (raw.baseUrl() == null) {
            return List.of();
        }
        ListPage page = new ListPage(raw);
        Map<String, String> notes = new LinkedHashMap<>();
        FeedPlaces.named(page.document(), raw.baseUrl()).keySet().stream()
                .limit(FEEDS_MAX)
                .forEach(feed -> notes.put(feed, "the page names a feed, which is better to collect from: " + feed));
        return List.copyOf(notes.values());
    }
}
