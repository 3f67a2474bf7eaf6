package io.broadsheet.feedback.listener;

/**
 * One line as it came.
 *
 * @param octets without the line's end; empty but for {@link Kind#TEXT}
 */
record Line(Kind kind, byte[] octets) {
    private static final byte[] NOTHING = {};
    static final Line LONG = new Line(Kind.LONG, NOTHING);
    static final Line ENDLESS = new Line(Kind.ENDLESS, NOTHING);
    static final Line STRAY = new Line(Kind.STRAY, NOTHING);
    static final Line GONE = new Line(Kind.GONE, NOTHING);

    enum Kind {
        /** A line that ended in CR LF. */
        TEXT,
        /** It was over its limit and is skipped to its end. */
        LONG,
        /** It was far over its limit and no end in sight. */
        ENDLESS,
        /** It held a CR or LF that is no part of CR LF: two mail servers could disagree where a mail ends. */
        STRAY,
        /** The client left. */
        GONE
    }
}
