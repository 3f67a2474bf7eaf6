package io.broadsheet.article;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CanonicalUrlTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "http://www.a.example/story,          https://a.example/story/",
                "https://a.example/story,             https://A.Example:443/story",
                "https://a.example/story,             https://m.a.example//x/../story/index.html",
                "https://a.example/story,             https://user:secret@amp.a.example/story/amp/",
                "https://a.example/story.html,        https://a.example/story.amp.html?amp=1",
                "https://a.example/story,             https://a.example/story?utm_source=rss&fbclid=7&WT.mc_id=3",
                "https://a.example/story?a=1&id=2,    https://a.example/story?id=2&ref=feed&a=1",
                "https://a.example/story,             https://a.example/story?source=www.other.example",
                "https://a.example/story,             https://a.example/story#respond",
                "https://a.example/story,             https://a.example/story#:~:text=bridge",
                "https://a.example/story,             https://a.example/story#xtor=RSS-1",
                "https://a.example/b%C3%BCcher~1,     https://a.example/bücher%7e1",
                "https://xn--bcher-kva.example/,      https://bücher.example/index.php",
            })
    void two_ways_to_write_one_address_are_one(String one, String other) {
        assertThat(key(other)).isEqualTo(key(one));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/story, https://a.example/Story",
        "https://a.example/story, https://b.example/story",
        "https://a.example/story, https://a.example/story?page=2",
        "https://a.example/story, https://a.example/story?ref=chapter-two",
        "https://a.example/story, https://a.example/story?source",
        "https://a.example/news#1, https://a.example/news#2",
        "https://a.example/story, https://a.example:8443/story",
        "https://a.example/a%2Fb, https://a.example/a/b",
    })
    void two_pages_are_two(String one, String other) {
        assertThat(key(other)).isNotEqualTo(key(one));
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/News/Article-Display/Article/3178115/a-slug/, a.example article 3178115",
        "https://www.a.example/NEWS/Article-View/article/375591, a.example article 375591",
        "https://a.example/?p=77&utm_source=rss, a.example wordpress 77",
        "https://a.example/fa/node/14551, a.example drupal /fa/node/14551",
        "https://www.dvidshub.net/news/4711/slug, dvidshub.net dvids 4711",
    })
    void a_platforms_number_is_read(String url, String key) {
        assertThat(platform(url)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/article/2026/11",
        "https://a.example/article/20261124/slug",
        "https://a.example/article/12/slug",
        "https://a.example/news/4711/slug",
        "https://a.example/list.php?p=3",
    })
    void years_issues_and_pages_of_lists_are_no_platforms_number(String url) {
        assertThat(platform(url)).isNull();
    }

    @Test
    void what_is_no_web_address_has_none() {
        assertThat(CanonicalUrl.of("tag:a.example,2026:7")).isEmpty();
        assertThat(CanonicalUrl.of("mailto:ada@example.org")).isEmpty();
        assertThat(CanonicalUrl.of("")).isEmpty();
    }

    private static String key(String url) {
        return CanonicalUrl.of(url).orElseThrow().key();
    }

    private static String platform(String url) {
        return CanonicalUrl.of(url).flatMap(PlatformKey::of).orElse(null);
    }
}
