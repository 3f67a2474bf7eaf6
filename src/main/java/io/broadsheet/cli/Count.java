package io.broadsheet.cli;

/** Counts things in words. */
final class Count {
    private Count() {}

    /** @param thing in the singular; its plural ends in {@code s} */
    static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
