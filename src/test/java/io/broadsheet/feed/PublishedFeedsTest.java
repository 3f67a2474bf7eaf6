package io.broadsheet.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.test.Rows;
import io.broadsheet.test.TestDatabase;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PublishedFeedsTest {
    private final TestDatabase test = TestDatabase.sqlite();
    private final Published home = new Published(test);
    private final AtomicLong nanos = new AtomicLong();
    private final PublishedFeeds served = new PublishedFeeds(home.folder, nanos::get);

    @AfterEach
    void close() throws Exception {
        test.close();
    }

    @Test
    void nothing_published_is_nothing_to_serve() {
        assertThat(served.open()).isEmpty();
        assertThat(served.find("news", FeedFormat.RSS)).isEmpty();
        assertThat(served.opml()).isEmpty();
    }

    @Test
    void what_another_process_published_is_served_within_a_second() {
        home.article(1, "Bridge reopens");
        home.build();
        PublishedFile before = served.find("news", FeedFormat.JSON).orElseThrow();
        home.database.writing(tx -> Rows.retitle(tx, 1, "Bridge closes", home.clock.instant()));
        home.build();

        assertThat(served.find("news", FeedFormat.JSON)).containsSame(before);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        PublishedFile after = served.find("news", FeedFormat.JSON).orElseThrow();

        assertThat(new String(after.bytes())).contains("Bridge closes");
        assertThat(after.etag()).isNotEqualTo(before.etag());
        assertThat(after.modified()).isAfter(before.modified());
    }

    @Test
    void the_two_forms_have_two_strong_tags() {
        home.build();

        PublishedFile file = served.find("news", FeedFormat.RSS).orElseThrow();

        assertThat(file.etag()).matches("\"[0-9a-f]{32}\"").isNotEqualTo(file.gzipEtag());
        assertThat(file.gzipEtag()).matches("\"[0-9a-f]{32}\"");
    }

    @Test
    void a_twin_of_other_bytes_is_not_served() throws Exception {
        home.build();
        Files.write(home.file("news.rss.gz"), Bytes.gzip("older".getBytes()));

        PublishedFile file = served.find("news", FeedFormat.RSS).orElseThrow();

        assertThat(Bytes.gunzip(file.gzip(), 1 << 20)).isEqualTo(file.bytes());
    }

    @Test
    void a_name_can_not_lead_out_of_the_folder() {
        home.build();

        assertThat(served.find("../data/broadsheet", FeedFormat.RSS)).isEmpty();
        assertThat(served.find("", FeedFormat.RSS)).isEmpty();
    }
}
