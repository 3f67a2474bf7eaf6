package io.broadsheet.demo;

import java.io.PrintStream;

/** Counts and tells what was checked. Used by one thread. */
final class Checks {
    private final PrintStream out;
    private int held;
    private int failed;

    Checks(PrintStream out) {
        this.out = out;
    }

    /** @param promise what should be so, in a few words */
    void that(String promise, boolean isSo) {
        out.println((isSo ? "  ok      " : "  FAILED  ") + promise);
        if (isSo) {
            held++;
        } else {
            failed++;
        }
    }

    /** @param found what is there instead; shown only when it is not what is wanted */
    void same(String promise, Object found, Object wanted) {
        boolean isSo = found.equals(wanted);
        that(isSo ? promise : promise + " (found " + found + ", not " + wanted + ")", isSo);
    }

    /** The last line, which other programs look for; whether all held. */
    boolean sum() {
        out.println("demo: " + (held + failed) + " checks, " + failed + " failed");
        return failed == 0;
    }
}
