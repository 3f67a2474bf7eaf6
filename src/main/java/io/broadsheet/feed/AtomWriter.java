package io.broadsheet.feed;

import static io.broadsheet.html.XmlText.strip;

import com.rometools.rome.feed.atom.Category;
import com.rometools.rome.feed.atom.Content;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.atom.Generator;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.atom.Person;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import io.broadsheet.article.Article;
import io.broadsheet.article.Retracted;
import io.broadsheet.source.Enclosure;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.jdom2.Document;
import org.jdom2.Element;
import org.jdom2.Namespace;
import org.jspecify.annotations.Nullable;

/** Atom 1.0 (RFC 4287), with a tombstone for each article taken back (RFC 6721). Safe for several threads, because it keeps nothing. */
final class AtomWriter {
    private static final Namespace ATOM = Namespace.getNamespace("http://www.w3.org/2005/Atom");

    private static final Namespace TOMBSTONES = Namespace.getNamespace("at", "http://purl.org/atompub/tombstones/1.0");

    private AtomWriter() {}

    static byte[] write(FeedContent feed) {
        try {
            Document document = new WireFeedOutput().outputJDom(feed(feed));
            sayLanguages(document.getRootElement(), feed);
            bury(document.getRootElement(), feed);
            return XmlBytes.of(document);
        } catch (FeedException e) {
            throw new IllegalStateException("feed " + feed.definition().name() + " is no Atom", e);
        }
    }

    private static Feed feed(FeedContent content) {
        Feed feed = new Feed("atom_1.0");
        feed.setEncoding("UTF-8");
        feed.setId(content.links().id(content.definition()));
        feed.setTitleEx(text("text", content.title()));
        feed.setSubtitle(text("text", content.description()));
        feed.setUpdated(Date.from(content.updated()));
        feed.setGenerator(generator());
        // Entries without an author of their own are by the site (§4.1.1: an author on the feed or on each entry).
        feed.setAuthors(List.of(person(content.site().title())));
        feed.setAlternateLinks(
                List.of(link("alternate", "text/html", content.site().url() + "/")));
        feed.setOtherLinks(List.of(link("self", FeedFormat.ATOM.mediaType(), content.selfUrl(FeedFormat.ATOM))));
        feed.setEntries(content.articles().stream()
                .map(article -> entry(content, article))
                .toList());
        return feed;
    }

    private static Entry entry(FeedContent content, Article article) {
        Entry entry = new Entry();
        entry.setId(content.links().id(article.id()));
        entry.setTitleEx(text("text", article.title()));
        entry.setPublished(Date.from(article.ordered()));
        entry.setUpdated(Date.from(FeedContent.updated(article)));
        entry.setAlternateLinks(List.of(link("alternate", null, content.links().article(article))));
        entry.setOtherLinks(
                article.enclosures().stream().map(AtomWriter::enclosure).toList());
        Optional.ofNullable(article.author()).ifPresent(author -> entry.setAuthors(List.of(person(author))));
        entry.setCategories(categories(content, article));
        Optional.ofNullable(article.summary()).ifPresent(summary -> entry.setSummary(text("html", summary)));
        Optional.ofNullable(article.content()).ifPresent(html -> entry.setContents(List.of(text("html", html))));
        String origin = content.origin(article);
        if (origin != null) {
            entry.setSource(source(origin, content.origins().getOrDefault(origin, ""), article));
        }
        return entry;
    }

    /** What the entry came from (§4.2.11). Its address is the only id of it that we know. */
    private static Feed source(String name, String url, Article article) {
        Feed source = new Feed();
        source.setId(url);
        source.setTitleEx(text("text", name));
        source.setUpdated(Date.from(FeedContent.updated(article)));
        source.setOtherLinks(List.of(link("self", null, url)));
        return source;
    }

    private static List<Category> categories(FeedContent content, Article article) {
        List<Category> categories = new ArrayList<>();
        article.categories().forEach(name -> categories.add(category(null, name)));
        Optional.ofNullable(article.unit())
                .ifPresent(unit -> categories.add(category(content.links().unitScheme(), unit)));
        return categories;
    }

    private static Category category(@Nullable String scheme, String term) {
        Category category = new Category();
        category.setTerm(strip(term));
        if (scheme != null) {
            category.setScheme(scheme);
        }
        return category;
    }

    private static Link enclosure(Enclosure from) {
        Link link = link("enclosure", Attachment.type(from), from.url());
        link.setLength(Attachment.length(from));
        return link;
    }

    private static Link link(String rel, @Nullable String type, String href) {
        Link link = new Link();
        link.setRel(rel);
        link.setHref(href);
        if (type != null) {
            link.setType(type);
        }
        return link;
    }

    private static Content text(String type, String value) {
        Content content = new Content();
        content.setType(type);
        content.setValue(strip(value));
        return content;
    }

    private static Person person(String name) {
        Person person = new Person();
        person.setName(strip(name));
        return person;
    }

    private static Generator generator() {
        Generator generator = new Generator();
        generator.setValue("Broadsheet");
        return generator;
    }

    /** Rome knows no tombstones: they stand behind the entries (RFC 6721 §3), and none is there in a feed that lost nothing. */
    private static void bury(Element root, FeedContent content) {
        for (Retracted retracted : content.retracted()) {
            Element tombstone = new Element("deleted-entry", TOMBSTONES)
                    .setAttribute("ref", content.links().id(retracted.id()))
                    .setAttribute("when", retracted.at().toString());
            String why = retracted.why() == null ? "" : strip(retracted.why()).strip();
            if (!why.isEmpty()) {
                tombstone.addContent(new Element("comment", TOMBSTONES).setText(why));
            }
            root.addContent(tombstone);
        }
    }

    /** Rome knows no xml:lang: the feed's stands at its root, an article's on its entry where it differs. */
    private static void sayLanguages(Element root, FeedContent content) {
        root.setAttribute("lang", content.language(), Namespace.XML_NAMESPACE);
        List<Element> entries = root.getChildren("entry", ATOM);
        for (int at = 0; at < entries.size(); at++) {
            String language = content.articles().get(at).language();
            if (language != null && !language.equals(content.language())) {
                entries.get(at).setAttribute("lang", strip(language), Namespace.XML_NAMESPACE);
            }
        }
    }
}
