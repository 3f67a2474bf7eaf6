package io.broadsheet.source;

import io.broadsheet.html.ParseableHtml;
import io.broadsheet.html.PlainText;
import io.broadsheet.source.ListBoxes.Box;
import io.broadsheet.source.PageLinks.Link;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.select.Selector.SelectorParseException;

/**
 * A page that lists stories. Which of its links are the stories is learned: links in the same place of the page's structure are one list, and of all
 * lists the one that reads most like stories is taken: many, with headlines, with dates beside them, with addresses of single stories. Used by one thread.
 */
final class ListPage {
    private static final int CHARACTERS_MAX = 5 * 1024 * 1024;
    private static final int TAGS_MAX = 40_000;
    private static final int DEPTH_MAX = 100;

    /** Of one page; who lists more has a sitemap. */
    private static final int STORIES_MAX = 1_000;

    /** Two links are a list only where both have their date. */
    private static final int ALIKE_MIN = 3;

    private final Document page;
    private final String url;
    private final NearDates dates;
    private final List<Link> links;

    /** @throws IllegalArgumentException when the document has no URL */
    ListPage(Raw raw) {
        if (raw.baseUrl() == null) {
            throw new IllegalArgumentException("a list page has a URL");
        }
        this.url = raw.baseUrl();
        String html = FeedText.of(raw.bytes(), raw.contentType(), new Notes());
        this.page = Jsoup.parse(
                ParseableHtml.of(html, CHARACTERS_MAX, TAGS_MAX),
                url,
                Parser.htmlParser().setMaxDepth(DEPTH_MAX));
        this.dates = new NearDates(page.body(), raw.zone());
        this.links = PageLinks.of(page, url);
    }

    /**
     * A list that was found.
     *
     * @param path the selector of its links, by which it is found again
     */
    record Learned(String path, List<Listed> stories, double score) {}

    Document document() {
        return page;
    }

    String title() {
        return PlainText.title(FeedTree.escaped(page.title()));
    }

    /** The list that reads most like stories, and what else on the page is surely one; empty when the page lists none. */
    Optional<Learned> learn() {
        Map<String, List<Link>> groups = new LinkedHashMap<>();
        links.forEach(link ->
                groups.computeIfAbsent(link.path(), path -> new ArrayList<>()).add(link));
        Set<String> named = StructuredList.urls(page);
        Optional<Learned> best = groups.entrySet().stream()
                .map(group -> scored(group.getKey(), group.getValue(), named))
                .flatMap(Optional::stream)
                .max(Comparator.comparingDouble(Learned::score));
        if (best.isEmpty() && named.size() >= ALIKE_MIN) {
            return Optional.of(new Learned("", StructuredList.stories(page, dates, url), 1));
        }
        return best.map(learned -> withLike(learned, named));
    }

    private Optional<Learned> scored(String path, List<Link> group, Set<String> named) {
        Map<String, Box> boxes = ListBoxes.of(group);
        int count = boxes.size();
        if (count < 2) {
            return Optional.empty();
        }
        Map<String, Instant> dated = ListDates.of(page.body(), boxes, dates);
        double headlines = share(boxes, box -> ListBoxes.isHeadline(box.title()));
        double stories = share(boxes, box -> UrlShape.isStory(box.url()));
        double teasers =
                share(boxes, box -> box.element().text().length() > box.title().length() + 60);
        double withDate = (double) dated.size() / count;
        double inNamed = share(boxes, box -> named.contains(UrlShape.key(box.url())));
        double elsewhere = share(
                boxes,
                box -> box.url().matches("(?i).*/(?:events?|calendar|jobs|careers|vacanc[a-z]*|termine|products?)/.*"));
        boolean listed = withDate >= 0.5 || inNamed >= 0.5 || (stories >= 0.5 && count >= ALIKE_MIN);
        if (headlines < 0.5 || !listed) {
            return Optional.empty();
        }
        double reads = 1 + 2 * withDate + stories + 0.5 * teasers + headlines + 2 * inNamed;
        double score = Math.log(1 + Math.min(count, 100)) * reads * (1 - 0.7 * elsewhere);
        return Optional.of(new Learned(path, listed(boxes, dated), score));
    }

    private interface Claim {
        boolean holds(Box box);
    }

    private static double share(Map<String, Box> boxes, Claim claim) {
        return (double) boxes.values().stream().filter(claim::holds).count() / boxes.size();
    }

    /** Stories in other frames, such as the one on top in large letters: with addresses of the same pattern, a headline, and a date where the others have one. */
    private Learned withLike(Learned learned, Set<String> named) {
        Map<String, Long> shapes = new LinkedHashMap<>();
        learned.stories().forEach(story -> shapes.merge(UrlShape.of(story.url()), 1L, Long::sum));
        Set<String> usual = new LinkedHashSet<>();
        shapes.forEach((shape, count) -> {
            if (count * 3 >= learned.stories().size() && shape.matches(".*[*#].*")) {
                usual.add(shape);
            }
        });
        Set<String> known = new LinkedHashSet<>();
        learned.stories().forEach(story -> known.add(UrlShape.key(story.url())));
        long withDate = learned.stories().stream()
                .filter(story -> story.published() != null)
                .count();
        boolean wantsDate = withDate * 2 >= learned.stories().size();
        List<Link> like = links.stream()
                .filter(link -> known.contains(UrlShape.key(link.url()))
                        || usual.contains(UrlShape.of(link.url()))
                        || named.contains(UrlShape.key(link.url())))
                .toList();
        Map<String, Box> boxes = ListBoxes.of(like);
        Map<String, Instant> dated = ListDates.of(page.body(), boxes, dates);
        Map<String, Listed> all = new LinkedHashMap<>();
        Map<String, Listed> own = new LinkedHashMap<>();
        learned.stories().forEach(story -> own.put(UrlShape.key(story.url()), story));
        for (Listed story : listed(boxes, dated)) {
            String key = UrlShape.key(story.url());
            Box box = boxes.get(key);
            Listed before = own.get(key);
            boolean stands = box != null
                    && box.headline() != null
                    && box.headline().normalName().matches("h[1-3]");
            boolean taken = named.contains(key)
                    || ListBoxes.isHeadline(story.title()) && (!wantsDate || story.published() != null || stands);
            if (before != null) {
                all.put(key, before);
            } else if (taken) {
                all.put(key, story);
            }
        }
        return new Learned(
                learned.path(), all.values().stream().limit(STORIES_MAX).toList(), learned.score());
    }

    /** The stories of a list that was learned before; empty when the page has no such list any more. */
    List<Listed> again(String path) {
        try {
            Set<Element> there = Set.copyOf(page.select(path));
            List<Link> group = links.stream()
                    .filter(link -> there.contains(link.element()))
                    .toList();
            if (group.isEmpty()) {
                return List.of();
            }
            Map<String, Box> boxes = ListBoxes.of(group);
            Learned learned = new Learned(path, listed(boxes, ListDates.of(page.body(), boxes, dates)), 0);
            return withLike(learned, StructuredList.urls(page)).stories();
        } catch (SelectorParseException | IllegalArgumentException e) {
            // Written by an older version of this program: learned anew.
            return List.of();
        }
    }

    /** The stories that selectors point at; links to other sites too, since somebody said so. */
    List<Listed> selected(Selectors selectors) {
        Map<String, Listed> stories = new LinkedHashMap<>();
        String inItem = selectors.link() == null ? "a[href]" : selectors.link();
        String items = selectors.item() == null ? inItem : selectors.item();
        for (Element item : page.select(items)) {
            Element link = selectors.item() == null || item.normalName().equals("a") ? item : item.selectFirst(inItem);
            Element anchor = link == null || link.hasAttr("href") ? link : link.selectFirst("a[href]");
            if (anchor == null) {
                continue;
            }
            String target = PageLinks.target(anchor);
            if (target == null || stories.size() >= STORIES_MAX) {
                continue;
            }
            Element title = selectors.title() == null ? null : item.selectFirst(selectors.title());
            Element date = selectors.date() == null ? null : item.selectFirst(selectors.date());
            Box box = ListBoxes.of(List.of(new Link(anchor, target, "")))
                    .values()
                    .iterator()
                    .next();
            String text = title != null
                    ? ListBoxes.text(title)
                    : ListBoxes.isHeadline(ListBoxes.text(anchor)) ? ListBoxes.text(anchor) : box.title();
            stories.putIfAbsent(
                    UrlShape.key(target), Listed.of(target, text, dates.in(date == null ? item : date, title)));
        }
        return List.copyOf(stories.values());
    }

    private static List<Listed> listed(Map<String, Box> boxes, Map<String, Instant> dated) {
        List<Listed> stories = new ArrayList<>();
        boxes.forEach((key, box) -> {
            if (stories.size() < STORIES_MAX) {
                stories.add(Listed.of(box.url(), box.title(), dated.get(key)));
            }
        });
        return stories;
    }
}
