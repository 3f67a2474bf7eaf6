package io.broadsheet.source;

import com.rometools.rome.feed.WireFeed;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Guid;
import com.rometools.rome.feed.rss.Item;
import io.broadsheet.html.PlainText;
import io.broadsheet.html.Sanitizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/** What Rome read, as our entries. Safe for several threads. */
final class RomeEntries {
    /** RSS's {@code author}: a mailbox with the name behind it in brackets, or before it. */
    private static final Pattern MAIL_AND_NAME =
            Pattern.compile("\\S+@\\S+\\s*\\((.+)\\)|(.+?)\\s*<\\S+@\\S+>|(.+?)\\s+\\(\\S+@\\S+\\)");

    private static final int PERSON_MAX = 300;
    /** RFC 6838 §4.2, with parameters behind it. */
    private static final Pattern MEDIA_TYPE = Pattern.compile(
            "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,126}/[A-Za-z0-9!#$&^_.+*-]{1,127}(?:\\s*;[\\x20-\\x7E]{0,200})?");

    private final Sanitizer sanitizer = new Sanitizer();

    Inspected of(WireFeed wire, List<String> notes) {
        return wire instanceof Channel channel ? rss(channel, notes) : atom((Feed) wire, notes);
    }

    private Inspected rss(Channel channel, List<String> notes) {
        String language = FeedTree.language(channel.getLanguage());
        List<Entry> entries =
                channel.getItems().stream().map(item -> item(item, language)).toList();
        return new Inspected(
                "feed", title(channel.getTitle()), FeedTree.web(channel.getLink()), language, entries, notes);
    }

    private Entry item(Item item, @Nullable String feedLanguage) {
        Ours ours = new Ours(item.getForeignMarkup());
        String description =
                item.getDescription() == null ? null : item.getDescription().getValue();
        String content = item.getContent() == null ? null : item.getContent().getValue();
        List<String> categories = new ArrayList<>();
        item.getCategories().forEach(category -> categories.add(category.getValue()));
        Guid guid = item.getGuid();
        return entry(new Pieces(
                guid == null ? null : guid.getValue(),
                item.getLink(),
                item.getTitle(),
                item.getPubDate(),
                description,
                content,
                feedLanguage,
                categories,
                item.getEnclosures().stream()
                        .flatMap(file -> Stream.ofNullable(enclosure(file.getUrl(), file.getType(), file.getLength())))
                        .toList(),
                ours));
    }

    private Inspected atom(Feed feed, List<String> notes) {
        String language = new Ours(feed.getForeignMarkup()).value("language");
        List<Entry> entries =
                feed.getEntries().stream().map(entry -> entry(entry, language)).toList();
        String url = first(feed.getAlternateLinks());
        return new Inspected("feed", title(feed.getTitle()), FeedTree.web(url), language, entries, notes);
    }

    private Entry entry(com.rometools.rome.feed.atom.Entry entry, @Nullable String feedLanguage) {
        Content content =
                entry.getContents().isEmpty() ? null : entry.getContents().get(0);
        List<String> categories = new ArrayList<>();
        entry.getCategories().forEach(each -> categories.add(each.getTerm()));
        return entry(new Pieces(
                entry.getId(),
                first(entry.getAlternateLinks()),
                entry.getTitle(),
                entry.getPublished(),
                entry.getSummary() == null ? null : entry.getSummary().getValue(),
                content == null ? null : content.getValue(),
                feedLanguage,
                categories,
                entry.getOtherLinks().stream()
                        .filter(link -> "enclosure".equals(link.getRel()))
                        .flatMap(link -> Stream.ofNullable(enclosure(link.getHref(), link.getType(), link.getLength())))
                        .toList(),
                new Ours(entry.getForeignMarkup())));
    }

    /** What both dialects have, before it is made clean. */
    private record Pieces(
            @Nullable String id,
            @Nullable String url,
            @Nullable String title,
            @Nullable Date published,
            @Nullable String summary,
            @Nullable String content,
            @Nullable String feedLanguage,
            List<String> categories,
            List<Enclosure> enclosures,
            Ours ours) {}

    private Entry entry(Pieces pieces) {
        String language = pieces.ours().value("language");
        String updated = pieces.ours().value("updated");
        String base = pieces.ours().value("base");
        Instant published =
                pieces.published() == null ? null : pieces.published().toInstant();
        return new Entry(
                blankToNull(pieces.id()),
                FeedTree.web(pieces.url()),
                pieces.title() == null ? "" : PlainText.title(pieces.title()),
                joined(pieces.ours().values("author").stream()
                        .map(RomeEntries::person)
                        .toList()),
                null,
                null,
                published,
                published == null ? null : pieces.ours().value("date-from"),
                updated == null ? null : Instant.parse(updated),
                clean(pieces.summary(), pieces.ours().value("summary-base"), base),
                clean(pieces.content(), pieces.ours().value("content-base"), base),
                language == null || language.equals("null") ? pieces.feedLanguage() : language,
                pieces.categories().stream()
                        .filter(Objects::nonNull)
                        .map(PlainText::title)
                        .filter(category -> !category.isEmpty())
                        .distinct()
                        .toList(),
                distinct(pieces.enclosures()));
    }

    private static List<Enclosure> distinct(List<Enclosure> enclosures) {
        Map<String, Enclosure> byUrl = new LinkedHashMap<>();
        enclosures.forEach(file -> byUrl.putIfAbsent(file.url(), file));
        return List.copyOf(byUrl.values());
    }

    private @Nullable String clean(@Nullable String html, @Nullable String ownBase, @Nullable String base) {
        return html == null ? null : blankToNull(sanitizer.sanitise(html, ownBase == null ? base : ownBase));
    }

    static @Nullable Enclosure enclosure(@Nullable String url, @Nullable String type, long length) {
        String web = FeedTree.web(url);
        String kind = type != null && MEDIA_TYPE.matcher(type.strip()).matches() ? type.strip() : null;
        return web == null ? null : new Enclosure(web, kind, length > 0 ? length : null);
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    static @Nullable String joined(List<String> names) {
        return blankToNull(String.join(
                ", ",
                names.stream()
                        .map(PlainText::title)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .toList()));
    }

    private static @Nullable String title(@Nullable String title) {
        return title == null ? null : blankToNull(PlainText.title(title));
    }

    private static String person(String text) {
        Matcher named = MAIL_AND_NAME.matcher(text.strip());
        if (text.length() > PERSON_MAX || !named.matches()) {
            return text;
        }
        String name =
                named.group(1) != null ? named.group(1) : named.group(2) != null ? named.group(2) : named.group(3);
        return name.replaceAll("^\"|\"$", "");
    }

    private static @Nullable String first(List<Link> links) {
        return links.isEmpty() ? null : links.get(0).getHref();
    }

    /** What we told ourselves within the tree. */
    private record Ours(List<Element> markup) {
        @Nullable
        String value(String name) {
            return values(name).stream().findFirst().orElse(null);
        }

        List<String> values(String name) {
            return markup.stream()
                    .filter(element -> element.getNamespace().equals(FeedTree.OURS))
                    .filter(element -> element.getName().equals(name))
                    .map(Element::getText)
                    .filter(text -> !text.isEmpty())
                    .toList();
        }
    }
}
