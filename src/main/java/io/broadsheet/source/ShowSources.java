package io.broadsheet.source;

import io.broadsheet.db.Database;
import io.broadsheet.db.Tx;
import io.broadsheet.error.UserError;
import io.broadsheet.log.Safe;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sources and how they fare. Safe for several threads. */
public final class ShowSources {
    private final Database database;
    private final SourceStore sources;
    private final SourceMemoryStore memories = new SourceMemoryStore();

    public ShowSources(Database database, SourceStore sources) {
        this.database = database;
        this.sources = sources;
    }

    /** Those that are collected, by name. */
    public List<SourceView> all() {
        return database.read(sources::open).stream().map(SourceView::of).toList();
    }

    /** @throws UserError when there is no source of this name */
    public SourceDetails show(String name) {
        return database.read(tx -> {
            Source source = named(tx, sources, name);
            GuidTrust guids = source.guids();
            return new SourceDetails(
                    SourceView.of(source),
                    source.established(),
                    memories.notes(tx, source.id()),
                    new SourceDetails.Guids(guids.known(), guids.changed(), guids.shared(), guids.isTrusted()),
                    list(tx, source),
                    SourceDetails.Move.of(source.state().moving()));
        });
    }

    private SourceDetails.@Nullable PageList list(Tx tx, Source source) {
        if (!source.definition().kind().hasPages()) {
            return null;
        }
        SourceMemory memory = memories.pages(tx, source.id());
        Selectors given = source.definition().rules().selectors();
        String links = given == null ? memory.path() : given.link() == null ? given.item() : given.link();
        return new SourceDetails.PageList(
                links, given == null, memory.usual(), memory.known().size(), memory.more());
    }

    /** The open source of a name. */
    static Source named(Tx tx, SourceStore sources, String name) {
        return sources.find(tx, name)
                .filter(source -> source.closed() == null)
                .orElseThrow(() ->
                        new UserError("source: none is named '" + Safe.text(name) + "'; " + there(sources.open(tx))));
    }

    private static String there(List<Source> open) {
        return open.isEmpty()
                ? "config/sources.yml defines none"
                : "there are " + open.stream().map(Source::name).limit(50).collect(Collectors.joining(", "));
    }
}
