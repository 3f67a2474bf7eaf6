package io.broadsheet.source;

import io.broadsheet.db.Tx;
import io.broadsheet.json.Json;
import java.util.List;
import java.util.Optional;

/** What is remembered of a source and too large for its row. One row a source, made when there is something. Safe for several threads, because it keeps nothing. */
public final class SourceMemoryStore {
    /** What the last reading mended or left out; empty before the first. */
    public List<String> notes(Tx tx, SourceId source) {
        return text(tx, "select notes from source_memory where source_id = :source", source)
                .map(json -> List.of(Json.read(json, String[].class)))
                .orElse(List.of());
    }

    /** @return {@link SourceMemory#NEW} before the first visit */
    public SourceMemory pages(Tx tx, SourceId source) {
        return text(tx, "select pages from source_memory where source_id = :source", source)
                .map(json -> Json.read(json, SourceMemory.class))
                .orElse(SourceMemory.NEW);
    }

    private static Optional<String> text(Tx tx, String sql, SourceId source) {
        return tx.query(sql)
                .bind("source", source.value())
                .map((row, context) -> Optional.ofNullable(row.getString(1)))
                .findOne()
                .flatMap(found -> found);
    }

    public void putNotes(Tx tx, SourceId source, List<String> notes) {
        if (notes(tx, source).equals(notes)) {
            return;
        }
        tx.update("""
                        insert into source_memory (source_id, notes)
                        values (:source, :notes)
                        on conflict (source_id) do update set notes = excluded.notes
                        """)
                .bind("source", source.value())
                .bind("notes", Json.write(notes))
                .execute();
    }

    public void putPages(Tx tx, SourceId source, SourceMemory pages) {
        tx.update("""
                        insert into source_memory (source_id, pages)
                        values (:source, :pages)
                        on conflict (source_id) do update set pages = excluded.pages
                        """)
                .bind("source", source.value())
                .bind("pages", Json.write(pages))
                .execute();
    }
}
