package io.broadsheet.test;

import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import io.broadsheet.source.SourceDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Articles put into the database without collecting them, for tests of what comes after. */
public final class Rows {
    private static final SourceDefinition PRESS = new SourceDefinition(
            "press",
            SourceDefinition.Kind.FEED,
            "https://press.example.org/rss.xml",
            null,
            Duration.ofMinutes(15),
            List.of("press"),
            0,
            null,
            null);

    private Rows() {}

    /** An article that the source {@code press} showed. */
    public static void article(Tx tx, long id, String title, Instant when) {
        tx.update("""
                        insert into article (id, url, title, content, categories, enclosures, published_at, date_from,
                          updated_at, collected_at, ordered_at, fingerprint, sanitiser)
                        values (:id, :url, :title, :content, '[]', '[]', :when, 'feed', :when, :when, :when, 'f', 1)
                        """)
                .bind("id", id)
                .bind("url", "https://press.example.org/" + id)
                .bind("title", title)
                .bind("content", "<p>Text of " + id + "</p>")
                .bind("when", when.toEpochMilli())
                .execute();
        tx.update("""
                        insert into source (id, name, definition, provisioned, created_at, next_at)
                        values (7, 'press', :definition, false, :when, :when)
                        on conflict (name) do nothing
                        """)
                .bind("definition", Json.write(PRESS))
                .bind("when", when.toEpochMilli())
                .execute();
        tx.update("""
                        insert into sighting (id, article_id, source_id, text_key, fingerprint, seen_at, ordered_at, eligible_at, joined_by)
                        values (:id, :id, 7, 'k', 'f', :when, :when, :when, 'new')
                        """).bind("id", id).bind("when", when.toEpochMilli()).execute();
    }

    /** Its source says otherwise from now on. */
    public static void retitle(Tx tx, long id, String title, Instant when) {
        tx.update("update article set title = :title, updated_at = :when where id = :id")
                .bind("id", id)
                .bind("title", title)
                .bind("when", when.toEpochMilli())
                .execute();
    }
}
