package io.broadsheet.source;

/**
 * How far a source's own identifiers can be trusted, learnt while collecting.
 *
 * @param known entries of known stories that were seen again with an identifier
 * @param changed how many of them came back under another one
 * @param shared whether several different entries of one document ever had the same one
 */
public record GuidTrust(long known, long changed, boolean shared) {
    /** Of a source never visited. */
    public static final GuidTrust NEW = new GuidTrust(0, 0, false);

    /** Fewer changes than this are single mends, not a habit. */
    private static final int CHANGED_MIN = 3;

    /** One in five, from {@link #CHANGED_MIN} on, is a source that makes new identifiers as it goes. */
    private static final int CHANGED_SHARE = 5;

    /** Whether one identifier stands for one story here. */
    public boolean isTrusted() {
        return !shared && !isVolatile();
    }

    /** Whether the same stories keep coming back under other identifiers. */
    public boolean isVolatile() {
        return changed >= CHANGED_MIN && changed * CHANGED_SHARE >= known;
    }

    /** Both together: what was known before, and what one more visit taught. */
    public GuidTrust plus(GuidTrust more) {
        return new GuidTrust(known + more.known, changed + more.changed, shared || more.shared);
    }
}
