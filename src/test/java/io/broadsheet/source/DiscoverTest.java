package io.broadsheet.source;

import static io.broadsheet.http.AwkwardServer.answer;
import static io.broadsheet.http.AwkwardServer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.http.AwkwardServer;
import io.broadsheet.http.FetchSettings;
import io.broadsheet.http.Fetcher;
import io.broadsheet.http.Robots;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DiscoverTest {
    private final AwkwardServer server = new AwkwardServer();
    private final Fetcher fetcher =
            new Fetcher(FetchSettings.of("Broadsheet test").allowing(List.of("127.0.0.1")), Clock.systemUTC());
    private final Discover discover = new Discover(fetcher, new Robots(fetcher, Clock.systemUTC()), ZoneOffset.UTC);

    @AfterEach
    void close() {
        fetcher.close();
        server.close();
    }

    @Test
    void an_index_of_sitemaps_shows_the_stories_of_the_first_that_has_any() {
        server.on(
                "/map.xml",
                "text/xml",
                bytes("<sitemapindex><sitemap><loc>" + server.url("/gone.xml") + "</loc></sitemap><sitemap><loc>"
                        + server.url("/posts.xml") + "</loc></sitemap></sitemapindex>"));
        server.on("/gone.xml", exchange -> answer(exchange, 404, new byte[0], Map.of()));
        server.on(
                "/posts.xml",
                "text/xml",
                bytes(
                        "<urlset><url><loc>" + server.url("/news/2025/harbour-bridge-reopens")
                                + "</loc></url><url><loc>" + server.url("/news/2025/ferry-runs-at-night")
                                + "</loc></url><url><loc>https://other.example/news/2025/not-of-this-site</loc></url></urlset>"));

        Proposal found = discover.discover(server.url("/map.xml")).get(0);

        assertThat(found.kind()).isEqualTo(SourceDefinition.Kind.SITEMAP);
        assertThat(found.url()).isEqualTo(server.url("/map.xml"));
        assertThat(found.count()).isEqualTo(2);
        assertThat(found.how()).contains("an index of 2 others", "/posts.xml");
        assertThat(found.newest())
                .extracting(Proposal.Story::url)
                .contains(server.url("/news/2025/ferry-runs-at-night"));
    }

    @Test
    void an_index_whose_sitemaps_are_all_away_is_still_one() {
        server.on(
                "/map.xml",
                "text/xml",
                bytes("<sitemapindex><sitemap><loc>" + server.url("/gone.xml") + "</loc></sitemap></sitemapindex>"));

        Proposal found = discover.discover(server.url("/map.xml")).get(0);

        assertThat(found.count()).isZero();
        assertThat(found.how()).endsWith("an index of 1 others");
    }
}
