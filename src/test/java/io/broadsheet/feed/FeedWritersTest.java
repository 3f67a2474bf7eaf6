package io.broadsheet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.rometools.modules.content.ContentModule;
import com.rometools.rome.feed.atom.Entry;
import com.rometools.rome.feed.atom.Feed;
import com.rometools.rome.feed.module.DCModule;
import com.rometools.rome.feed.rss.Channel;
import com.rometools.rome.feed.rss.Item;
import com.rometools.rome.io.WireFeedInput;
import io.broadsheet.article.Article;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FeedWritersTest {
    private static final Path GOLDEN = Path.of("src/test/resources/feed");

    @ParameterizedTest
    @EnumSource(FeedFormat.class)
    void a_feed_is_written_as_its_golden_file_says(FeedFormat format) throws IOException {
        FeedContent content = SomeFeed.of(SomeFeed.full(), SomeFeed.bare(41, "A release without a page"));

        String written = text(Documents.of(content).in(format));

        Path golden = GOLDEN.resolve("news." + format.extension());
        assertThat(written)
                .isEqualToNormalizingNewlines(Files.readString(golden).stripTrailing() + ending(format));
    }

    private static String ending(FeedFormat format) {
        return format == FeedFormat.JSON ? "" : "\n";
    }

    @Test
    void rss_says_all_that_the_profile_asks_for() throws Exception {
        Channel channel = (Channel) rome(RssWriter.write(SomeFeed.of(SomeFeed.full())));

        assertThat(channel.getTitle()).isEqualTo("All news");
        assertThat(channel.getTtl()).isEqualTo(15);
        assertThat(channel.getLanguage()).isEqualTo("en");
        assertThat(channel.getLastBuildDate()).isEqualTo("2026-11-24T09:30:00Z");
        Item item = channel.getItems().get(0);
        assertThat(item.getTitle()).isEqualTo("Harbour bridge & quay <reopen>");
        assertThat(item.getLink()).isEqualTo("https://press.example.org/bridge?id=7&lang=en");
        assertThat(item.getGuid().getValue()).isEqualTo("tag:news.example.org,2026:article/42");
        assertThat(item.getGuid().isPermaLink()).isFalse();
        assertThat(item.getDescription().getValue()).isEqualTo("<p>The bridge is <b>open</b>.</p>");
        assertThat(((ContentModule) item.getModule(ContentModule.URI)).getEncodeds())
                .singleElement()
                .isEqualTo(SomeFeed.full().content());
        assertThat(((DCModule) item.getModule(DCModule.URI)).getCreator()).isEqualTo("Ada Miller");
        assertThat(item.getEnclosures())
                .singleElement()
                .satisfies(one -> assertThat(one.getLength()).isEqualTo(12345));
        assertThat(item.getCategories()).anySatisfy(category -> {
            assertThat(category.getDomain()).isEqualTo("unit");
            assertThat(category.getValue()).isEqualTo("Space Operations Command Public Affairs");
        });
        assertThat(item.getSource().getUrl()).isEqualTo("https://press.example.org/rss.xml");
    }

    @Test
    void atom_says_all_that_its_rfc_asks_for() throws Exception {
        Feed feed = (Feed) rome(AtomWriter.write(SomeFeed.of(SomeFeed.full())));

        assertThat(feed.getId()).isEqualTo("tag:news.example.org,2026:feed/news");
        assertThat(feed.getUpdated()).isEqualTo("2026-11-24T09:30:00Z");
        assertThat(feed.getAuthors()).isNotEmpty();
        assertThat(feed.getOtherLinks())
                .anySatisfy(link -> assertThat(link.getHref()).isEqualTo("https://news.example.org/feeds/news.atom"));
        Entry entry = feed.getEntries().get(0);
        assertThat(entry.getId()).isEqualTo("tag:news.example.org,2026:article/42");
        assertThat(entry.getTitle()).isEqualTo("Harbour bridge & quay <reopen>");
        assertThat(entry.getPublished()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(entry.getUpdated()).isEqualTo("2026-11-24T09:30:00Z");
        assertThat(entry.getAlternateLinks()).hasSize(1);
        assertThat(entry.getOtherLinks())
                .hasSize(2)
                .allSatisfy(link -> assertThat(link.getRel()).isEqualTo("enclosure"));
        assertThat(entry.getContents().get(0).getValue())
                .isEqualTo(SomeFeed.full().content());
        assertThat(entry.getSource().getId()).isEqualTo("https://press.example.org/rss.xml");
    }

    @Test
    void json_feed_says_all_that_its_standard_asks_for() {
        JsonNode feed = json(JsonFeedWriter.write(SomeFeed.of(SomeFeed.full())));

        assertThat(feed.get("version").asString()).isEqualTo("https://jsonfeed.org/version/1.1");
        assertThat(feed.get("feed_url").asString()).isEqualTo("https://news.example.org/feeds/news.json");
        JsonNode item = feed.get("items").get(0);
        assertThat(item.get("id").asString()).isEqualTo("tag:news.example.org,2026:article/42");
        assertThat(item.get("content_html").asString())
                .isEqualTo(SomeFeed.full().content());
        assertThat(item.get("summary").asString()).isEqualTo("The bridge is open.");
        assertThat(item.get("date_published").asString()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(item.get("authors").get(0).get("name").asString()).isEqualTo("Ada Miller");
        assertThat(item.get("attachments").get(0).get("size_in_bytes").asLong()).isEqualTo(12345);
        assertThat(item.get("attachments").get(1).get("mime_type").asString()).isEqualTo("audio/mpeg");
        assertThat(item.get("_broadsheet").get("unit").asString()).isEqualTo("Space Operations Command Public Affairs");
    }

    @Test
    void an_article_without_a_page_of_its_own_links_to_ours() throws Exception {
        FeedContent content = SomeFeed.of(SomeFeed.bare(41, "A release"));

        String ours = "https://news.example.org/a/41";
        assertThat(((Channel) rome(RssWriter.write(content))).getItems().get(0).getLink())
                .isEqualTo(ours);
        assertThat(json(JsonFeedWriter.write(content))
                        .get("items")
                        .get(0)
                        .get("url")
                        .asString())
                .isEqualTo(ours);
    }

    @Test
    void a_date_that_no_source_gave_is_marked_as_ours() {
        JsonNode feed = json(JsonFeedWriter.write(SomeFeed.of(SomeFeed.bare(41, "A release"))));

        assertThat(feed.get("items").get(0).get("_broadsheet").get("date").asString())
                .isEqualTo("collected");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "]]> and <![CDATA[ &amp; &lt;b&gt;",
                "\u0000\u0008\uFFFE lone \uD800 surrogate \uDC00",
                "</title><script>alert(1)</script>",
                "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/hostname'>]>&y;",
                "\uD83D\uDCF0 עברית \u202E mixed",
                "\"quotes\" 'and' \\ back\\u0000slash"
            })
    void hostile_titles_and_texts_stay_text_in_well_formed_documents(String hostile) throws Exception {
        Article article = with(hostile);

        Channel rss = (Channel) rome(RssWriter.write(SomeFeed.of(article)));
        Feed atom = (Feed) rome(AtomWriter.write(SomeFeed.of(article)));
        JsonNode json = json(JsonFeedWriter.write(SomeFeed.of(article)));

        String expected = io.broadsheet.html.XmlText.strip(hostile);
        assertThat(rss.getItems().get(0).getTitle()).isEqualTo(expected.strip());
        assertThat(atom.getEntries().get(0).getTitle()).isEqualTo(expected.strip());
        assertThat(json.get("items").get(0).get("title").asString()).isEqualTo(expected);
    }

    private static Article with(String hostile) {
        Article full = SomeFeed.full();
        return new Article(
                full.id(),
                full.url(),
                hostile,
                hostile,
                hostile,
                null,
                "en",
                hostile,
                hostile,
                List.of(hostile),
                full.enclosures(),
                full.published(),
                full.dateFrom(),
                full.updated(),
                full.collected(),
                full.ordered(),
                full.sources(),
                full.tags(),
                0);
    }

    @ParameterizedTest
    @EnumSource(FeedFormat.class)
    void the_same_articles_are_the_same_bytes_in_every_locale_and_zone(FeedFormat format) {
        FeedContent content = SomeFeed.of(SomeFeed.full(), SomeFeed.bare(41, "Other"));
        byte[] here = Documents.of(content).in(format);
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();

        byte[] there;
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            there = Documents.of(content).in(format);
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }

        assertThat(there).isEqualTo(here);
        assertThat(Bytes.gzip(there)).isEqualTo(Bytes.gzip(here));
    }

    @Test
    void rss_dates_are_english_with_a_year_of_four_digits() {
        assertThat(text(RssWriter.write(SomeFeed.of(SomeFeed.full()))))
                .contains("<pubDate>Mon, 23 Nov 2026 08:00:00 GMT</pubDate>");
    }

    @ParameterizedTest
    @EnumSource(FeedFormat.class)
    void a_feed_without_articles_is_whole(FeedFormat format) throws Exception {
        byte[] empty = Documents.of(SomeFeed.of()).in(format);

        if (format == FeedFormat.JSON) {
            assertThat(json(empty).get("items")).isEmpty();
        } else {
            assertThat(rome(empty)).isNotNull();
        }
    }

    @Test
    void opml_lists_every_feed() {
        assertThat(text(OpmlWriter.write(SomeFeed.SITE, List.of(SomeFeed.DEFINITION))))
                .contains("xmlUrl=\"https://news.example.org/feeds/news.rss\"", "text=\"All news\"");
    }

    private static com.rometools.rome.feed.WireFeed rome(byte[] document) throws Exception {
        return new WireFeedInput().build(new StringReader(text(document)));
    }

    private static JsonNode json(byte[] document) {
        return JsonMapper.shared().readTree(document);
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }

    /** Writes the golden files anew; run by hand when a format changes on purpose. */
    public static void main(String[] arguments) {
        FeedContent content = SomeFeed.of(SomeFeed.full(), SomeFeed.bare(41, "A release without a page"));
        for (FeedFormat format : FeedFormat.values()) {
            try {
                Files.write(
                        GOLDEN.resolve("news." + format.extension()),
                        Documents.of(content).in(format));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
