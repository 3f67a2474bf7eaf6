package io.broadsheet.progress;

/** What a long operation reports to. Implementations are safe for several threads. */
public interface Progress {
    /** Nobody watches. */
    Progress NONE = new Progress() {
        @Override
        public void total(long total) {}

        @Override
        public void done(long done) {}

        @Override
        public void note(String note) {}
    };

    /** How much there is to do, in whole units (sources, recipients, rows); may be told again when more comes to light. */
    void total(long total);

    /** How much of it is done so far. */
    void done(long done);

    /** One step or fact in a few words, such as {@code "press: 3 new"}. */
    void note(String note);
}
