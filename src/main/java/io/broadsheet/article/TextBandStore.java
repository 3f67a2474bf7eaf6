package io.broadsheet.article;

import io.broadsheet.db.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** The keys under which texts that resemble one another meet. */
final class TextBandStore {
    /** Of each key, the newest: a template that thousands of articles were made from has a few keys in all of them. */
    private static final int NEWEST = 40;

    /** As many keys are asked for in one statement. */
    private static final int KEYS = TextBands.BANDS + 4;

    private static final String MEETING = IntStream.range(0, KEYS)
            .mapToObj(key -> """
                    select article_id from (
                      select article_id from text_band
                      where band = :key%d and article_id >= :since
                      order by article_id desc limit :newest
                    ) as of_key%d
                    """.formatted(key, key))
            .collect(Collectors.joining("union all\n"));

    /** Those that are there already stay. */
    void add(Tx tx, Map<ArticleId, ? extends Collection<Integer>> keys) {
        if (keys.isEmpty()) {
            return;
        }
        PreparedBatch batch = tx.batch("""
                insert into text_band (band, article_id) values (:band, :article) on conflict (band, article_id) do nothing
                """);
        int rows = 0;
        for (Map.Entry<ArticleId, ? extends Collection<Integer>> one : keys.entrySet()) {
            for (int band : one.getValue()) {
                batch.bind("band", band).bind("article", one.getKey().value()).add();
                rows++;
            }
        }
        if (rows > 0) {
            batch.execute();
        }
    }

    /** The articles from one id on that have some of these keys, at most {@value #KEYS}, and how many of them. */
    Map<ArticleId, Integer> meeting(Tx tx, Collection<Integer> keys, ArticleId since) {
        Map<ArticleId, Integer> hits = new HashMap<>();
        if (keys.isEmpty()) {
            return hits;
        }
        List<Integer> asked = new ArrayList<>(keys);
        Query query = tx.query(MEETING).bind("since", since.value());
        for (int at = 0; at < KEYS; at++) {
            // Nothing equals null: a statement of one shape serves shorter lists too.
            query.bindByType("key" + at, at < asked.size() ? asked.get(at) : null, Integer.class);
        }
        query.bind("newest", NEWEST).mapTo(Long.class).forEach(id -> hits.merge(new ArticleId(id), 1, Integer::sum));
        return hits;
    }
}
