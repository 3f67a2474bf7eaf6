package io.broadsheet.feed;

import io.broadsheet.article.Article;
import io.broadsheet.article.ArticleId;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The addresses and permanent ids in our feeds.
 *
 * @param siteUrl public base of every link, without a trailing slash
 */
public record Links(String siteUrl) {
    /**
     * The year in our {@code tag:} URIs. RFC 4151 §2.1 wants a date on which the authority held the name; it is part of every id we ever gave
     * out, hence a constant and not a setting.
     */
    private static final String SINCE = "2026";

    /** {@code https://news.example.org/feeds/news.rss} */
    public String feed(String name, FeedFormat format) {
        return siteUrl + "/feeds/" + name + "." + format.extension();
    }

    public String opml() {
        return siteUrl + "/feeds.opml";
    }

    /** The story's own page, or ours when it has none. */
    public String article(Article article) {
        String url = article.url();
        return url == null ? page(article.id()) : url;
    }

    /** Our page of an article. */
    public String page(ArticleId id) {
        return siteUrl + "/a/" + id;
    }

    /** {@code tag:HOST,2026:article/ID} (RFC 4151): unique and the same for ever, whatever becomes of the article's address. */
    String id(ArticleId id) {
        return tag("article/" + id);
    }

    /** {@code tag:HOST,2026:feed/NAME}, the same for all its formats. */
    String id(FeedDefinition feed) {
        return tag("feed/" + feed.name());
    }

    /** {@code tag:HOST,2026:unit}, the Atom scheme of categories that name the office which released an article. */
    String unitScheme() {
        return tag("unit");
    }

    private String tag(String specific) {
        @Nullable String host = URI.create(siteUrl).getHost();
        if (host == null) {
            throw new IllegalStateException("site.url was read as a URL with a host");
        }
        // An authority is a DNS name or an IPv4 address: brackets and colons of IPv6 would not be a tag any more.
        String authority =
                host.replace("[", "").replace("]", "").replace(':', '-').toLowerCase(Locale.ROOT);
        return "tag:" + authority + "," + SINCE + ":" + specific;
    }
}
