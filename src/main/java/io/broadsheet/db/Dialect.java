package io.broadsheet.db;

/** What the two databases do differently, one method each, named for what it does. */
public interface Dialect {
    /** What ends a sub-select that claims rows, so that two claimants never wait for one another. */
    String claimLock();

    /** What ends a select of rows that nobody else may change until this transaction ends. */
    String rowLock();

    /**
     * Waits until no other writing transaction has this turn, and has it until its own end. A number stands for one kind of work, whose transactions
     * then never see one another half done.
     */
    void takeTurn(Tx tx, long turn);

    /** Tells the planner what a bulk insert changed. Without it PostgreSQL claims 150 times slower until autoanalyze comes by. */
    void analyze(Tx tx, String table);

    /** How many connections record deliveries side by side: more than one where a commit need not wait for another's. */
    int journals();

    /** The word that logs and messages use. */
    String word();
}
