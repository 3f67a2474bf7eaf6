package io.broadsheet.db;

/** SQLite: one writer at a time, so claims need no lock of their own. */
final class SqliteDialect implements Dialect {
    @Override
    public String claimLock() {
        return "";
    }

    @Override
    public String rowLock() {
        return "";
    }

    @Override
    public void takeTurn(Tx tx, long turn) {
        // A writing transaction begins immediate: it is the only one already.
    }

    @Override
    public void analyze(Tx tx, String table) {
        // Its planner needs no statistics for our queries: they all name an index's columns.
    }

    @Override
    public int journals() {
        return 1;
    }

    @Override
    public String word() {
        return "sqlite";
    }
}
