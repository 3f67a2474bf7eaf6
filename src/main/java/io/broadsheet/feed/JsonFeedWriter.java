package io.broadsheet.feed;

import static io.broadsheet.html.XmlText.strip;

import io.broadsheet.article.Article;
import io.broadsheet.html.PlainText;
import io.broadsheet.source.Enclosure;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** JSON Feed 1.1. Safe for several threads, because it keeps nothing but its immutable factory. */
final class JsonFeedWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonFeedWriter() {}

    static byte[] write(FeedContent feed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            feed(json, feed);
        }
        return bytes.toByteArray();
    }

    private static void feed(JsonGenerator json, FeedContent feed) {
        json.writeStartObject();
        json.writeStringProperty("version", "https://jsonfeed.org/version/1.1");
        text(json, "title", feed.title());
        text(json, "home_page_url", feed.site().url() + "/");
        text(json, "feed_url", feed.selfUrl(FeedFormat.JSON));
        text(json, "description", feed.description());
        text(json, "language", feed.language());
        json.writeArrayPropertyStart("authors");
        author(json, feed.site().title());
        json.writeEndArray();
        json.writeArrayPropertyStart("items");
        feed.articles().forEach(article -> item(json, feed, article));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void item(JsonGenerator json, FeedContent feed, Article article) {
        json.writeStartObject();
        text(json, "id", feed.links().id(article.id()));
        text(json, "url", feed.links().article(article));
        text(json, "title", article.title());
        String body = FeedContent.body(article);
        if (body == null) {
            // One of the two is demanded; of a bare headline the headline is all the text there is.
            text(json, "content_text", article.title());
        } else {
            text(json, "content_html", body);
        }
        String summary = article.summary();
        if (summary != null) {
            text(json, "summary", PlainText.of(summary));
        }
        text(json, "date_published", article.ordered().toString());
        text(json, "date_modified", FeedContent.updated(article).toString());
        text(json, "language", article.language());
        String author = article.author();
        if (author != null) {
            json.writeArrayPropertyStart("authors");
            author(json, author);
            json.writeEndArray();
        }
        article.enclosures().stream()
                .filter(enclosure -> Attachment.type(enclosure).startsWith("image/"))
                .findFirst()
                .ifPresent(image -> text(json, "image", image.url()));
        tags(json, article.categories());
        attachments(json, article.enclosures());
        ours(json, article);
        json.writeEndObject();
    }

    private static void author(JsonGenerator json, String name) {
        json.writeStartObject();
        text(json, "name", name);
        json.writeEndObject();
    }

    private static void tags(JsonGenerator json, List<String> categories) {
        if (categories.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("tags");
        categories.forEach(category -> json.writeString(strip(category)));
        json.writeEndArray();
    }

    private static void attachments(JsonGenerator json, List<Enclosure> enclosures) {
        if (enclosures.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("attachments");
        for (Enclosure enclosure : enclosures) {
            json.writeStartObject();
            text(json, "url", enclosure.url());
            text(json, "mime_type", Attachment.type(enclosure));
            if (Attachment.length(enclosure) > 0) {
                json.writeNumberProperty("size_in_bytes", Attachment.length(enclosure));
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** What the standard has no word for: extensions stand under an underscored name. */
    private static void ours(JsonGenerator json, Article article) {
        boolean dateIsOurs = article.published() == null;
        if (article.unit() == null && article.dateline() == null && !dateIsOurs) {
            return;
        }
        json.writeName("_broadsheet");
        json.writeStartObject();
        text(json, "unit", article.unit());
        text(json, "dateline", article.dateline());
        if (dateIsOurs) {
            json.writeStringProperty("date", "collected");
        }
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, strip(value));
        }
    }
}
