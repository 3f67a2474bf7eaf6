package io.broadsheet.feed;

import static io.broadsheet.html.XmlText.strip;

import com.rometools.modules.atom.modules.AtomLinkModule;
import com.rometools.modules.atom.modules.AtomLinkModuleImpl;
import com.rometools.modules.content.ContentModule;
import com.rometools.modules.content.ContentModuleImpl;
import com.rometools.rome.feed.atom.Link;
import com.rometools.rome.feed.module.DCModule;
import com.rometools.rome.feed.module.DCModuleImpl;
import com.rometools.rome.feed.module.Module;
import com.rometools.rome.feed.rss.Category;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Description;
import com.rometools.rome.feed.rss.Enclosure;
import com.rometools.rome.feed.rss.Guid;
import com.rometools.rome.feed.rss.Item;
import com.rometools.rome.feed.rss.Source;
import com.rometools.rome.io.FeedException;
import com.rometools.rome.io.WireFeedOutput;
import io.broadsheet.article.Article;
import io.broadsheet.html.PlainText;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RSS 2.0 by the profile of the RSS Advisory Board. Safe for several threads, because it keeps nothing. */
final class RssWriter {
    /** How much of a text without a summary stands for it: what readers show in a list. */
    private static final int EXCERPT_CHARACTERS_MAX = 300;

    private RssWriter() {}

    static byte[] write(FeedContent feed) {
        try {
            return XmlBytes.of(new WireFeedOutput().outputJDom(channel(feed)));
        } catch (FeedException e) {
            throw new IllegalStateException("feed " + feed.definition().name() + " is no RSS", e);
        }
    }

    private static Channel channel(FeedContent feed) {
        Channel channel = new Channel("rss_2.0");
        channel.setEncoding("UTF-8");
        channel.setTitle(strip(feed.title()));
        channel.setLink(feed.site().url() + "/");
        channel.setDescription(strip(feed.description()));
        channel.setLanguage(feed.language());
        channel.setGenerator("Broadsheet");
        channel.setLastBuildDate(Date.from(feed.updated()));
        channel.setTtl(feed.minutes());
        channel.setModules(new ArrayList<>(List.of(self(feed))));
        channel.setItems(
                feed.articles().stream().map(article -> item(feed, article)).toList());
        return channel;
    }

    private static Module self(FeedContent feed) {
        Link link = new Link();
        link.setRel("self");
        link.setType(FeedFormat.RSS.mediaType());
        link.setHref(feed.selfUrl(FeedFormat.RSS));
        AtomLinkModule module = new AtomLinkModuleImpl();
        module.setLinks(new ArrayList<>(List.of(link)));
        return module;
    }

    private static Item item(FeedContent feed, Article article) {
        Item item = new Item();
        item.setTitle(strip(article.title()));
        item.setLink(feed.links().article(article));
        item.setGuid(guid(feed, article));
        item.setPubDate(Date.from(article.ordered()));
        item.setCategories(categories(article));
        List<Module> modules = new ArrayList<>();
        String author = article.author();
        if (author != null) {
            DCModule creator = new DCModuleImpl();
            creator.setCreator(strip(author));
            modules.add(creator);
        }
        String content = article.content();
        if (content != null) {
            ContentModule encoded = new ContentModuleImpl();
            // It goes out as CDATA, whose end mark means the same in HTML when its last character is escaped.
            encoded.setEncodeds(new ArrayList<>(List.of(strip(content).replace("]]>", "]]&gt;"))));
            modules.add(encoded);
        }
        item.setModules(modules);
        String described = described(article);
        if (described != null) {
            Description description = new Description();
            description.setType("text/html");
            description.setValue(strip(described));
            item.setDescription(description);
        }
        // One at most: many readers take the last of several, others the first (RSS profile).
        article.enclosures().stream().findFirst().ifPresent(first -> item.setEnclosures(List.of(enclosure(first))));
        String origin = feed.origin(article);
        if (origin != null) {
            Source source = new Source();
            source.setUrl(feed.origins().get(origin));
            source.setValue(origin);
            item.setSource(source);
        }
        return item;
    }

    private static Guid guid(FeedContent feed, Article article) {
        Guid guid = new Guid();
        guid.setPermaLink(false);
        guid.setValue(feed.links().id(article.id()));
        return guid;
    }

    private static List<Category> categories(Article article) {
        List<Category> categories = new ArrayList<>();
        for (String name : article.categories()) {
            Category category = new Category();
            category.setValue(strip(name));
            categories.add(category);
        }
        String unit = article.unit();
        if (unit != null) {
            Category category = new Category();
            category.setDomain("unit");
            category.setValue(strip(unit));
            categories.add(category);
        }
        return categories;
    }

    /** The summary, or the beginning of the content as HTML-escaped text: a reader's list shows nothing but the description. */
    private static @Nullable String described(Article article) {
        String summary = article.summary();
        String content = article.content();
        if (summary != null || content == null) {
            return summary;
        }
        String text = PlainText.of(content).replaceAll("\\s+", " ").strip();
        return text.isEmpty()
                ? null
                : Excerpt.of(text, EXCERPT_CHARACTERS_MAX).replace("&", "&amp;").replace("<", "&lt;");
    }

    private static Enclosure enclosure(io.broadsheet.source.Enclosure from) {
        Enclosure enclosure = new Enclosure();
        enclosure.setUrl(from.url());
        enclosure.setType(Attachment.type(from));
        enclosure.setLength(Attachment.length(from));
        return enclosure;
    }
}
