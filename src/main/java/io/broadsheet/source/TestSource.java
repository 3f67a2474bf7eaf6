package io.broadsheet.source;

import io.broadsheet.db.Database;
import io.broadsheet.error.UserError;

/** Visits a source as if for the first time, and stores nothing. Of a page or sitemap source it reads no more stories than a usual visit would. */
public final class TestSource {
    private final Database database;
    private final SourceStore sources;
    private final VisitSource visitSource;

    public TestSource(Database database, SourceStore sources, VisitSource visitSource) {
        this.database = database;
        this.sources = sources;
        this.visitSource = visitSource.withoutKeeping();
    }

    /** @throws UserError when there is no source of this name */
    public Visit test(String name) {
        SourceDefinition definition =
                database.read(tx -> ShowSources.named(tx, sources, name)).definition();
        return visitSource.visit(definition, FetchState.NEW, SourceMemory.TRIAL);
    }
}
