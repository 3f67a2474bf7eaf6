package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HubLinkTest {
    private static final String HERE = "https://a.example/feeds/rss.xml";
    private static final HubLink BOTH = new HubLink("https://hub.example/", "https://a.example/self");

    private static @Nullable HubLink inDocument(String document) {
        byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
        return new FeedParser()
                .parse(new Raw(HERE, bytes, null, HERE, false, ZoneOffset.UTC))
                .hub();
    }

    @Test
    void http_headers_name_hub_and_topic_in_any_of_their_forms() {
        assertThat(HubLink.of(List.of("<https://hub.example/>; rel=\"hub\"", "</self>; rel=self"), HERE))
                .isEqualTo(BOTH);
        assertThat(HubLink.of(
                        List.of("<https://a.example/x,y>; title=\"a, <b>\"; rel=next, <https://hub.example/>;rel=hub ,"
                                + " <https://a.example/self>; REL=\"alternate SELF\""),
                        HERE))
                .isEqualTo(BOTH);
        assertThat(HubLink.of(List.of("<https://hub.example/>; rel=hub"), HERE))
                .isEqualTo(new HubLink("https://hub.example/", HERE));
        assertThat(HubLink.of(List.of("<javascript:x>; rel=hub", "nonsense", ""), HERE))
                .isNull();
        assertThat(HubLink.of(List.of("<a".repeat(100_000), "<a>" + ";\"".repeat(100_000)), HERE))
                .isNull();
    }

    @Test
    void documents_of_each_dialect_name_them() {
        String links = "<%1$slink rel='hub' href='https://hub.example/'/><%1$slink rel='self' href='/self'/>";

        assertThat(inDocument("<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>A</title>"
                        + links.formatted("atom:") + "<item><title>B</title></item></channel></rss>"))
                .isEqualTo(BOTH);
        assertThat(inDocument("<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title>" + links.formatted("")
                        + "<entry><title>B</title><id>1</id></entry></feed>"))
                .isEqualTo(BOTH);
        assertThat(
                        inDocument(
                                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"feed_url\":\"https://a.example/self\","
                                        + "\"hubs\":[{\"type\":\"rssCloud\",\"url\":\"https://other.example/\"},"
                                        + "{\"type\":\"WebSub\",\"url\":\"https://hub.example/\"}],\"items\":[{\"id\":\"1\",\"title\":\"B\"}]}"))
                .isEqualTo(BOTH);
        assertThat(inDocument("<rss version='2.0'><channel><title>A</title><link>https://a.example/</link>"
                        + "<item><title>B</title><link rel='hub' href='https://hub.example/'/></item></channel></rss>"))
                .as("an item's link is no feed's hub")
                .isNull();
    }
}
