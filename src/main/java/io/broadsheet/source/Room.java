package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.LargeBody;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The memory that visits share, so that whatever is served to them, however many at once, it has a bound. Small documents are fetched freely, and read a
 * few at a time; of large ones only so many are held from their first large byte until what they brought is taken in, and one is read at a time,
 * alone. Safe for several threads.
 */
final class Room {
    /** More than this is large; hardly any feed is. */
    static final int LARGE_BYTES = 1024 * 1024;

    private static final int LARGE_HELD_MAX = 2;
    private static final int READ_MAX = 4;

    /** Ends a fetch whose answer there is no room for now. */
    private static final class NoRoom extends RuntimeException {
        private static final long serialVersionUID = 1;

        private NoRoom() {
            super("no room for a large document", null, false, false);
        }
    }

    /** Fair, so that nobody waits for ever. */
    private final Semaphore large = new Semaphore(LARGE_HELD_MAX, true);

    private final Semaphore reading = new Semaphore(READ_MAX, true);

    /** Of one visit. */
    Share share() {
        return new Share();
    }

    /** Reads a small document when its turn comes. */
    <T> T reading(Supplier<T> read) {
        return reading(1, read);
    }

    private <T> T reading(int weight, Supplier<T> read) {
        take(reading, weight);
        try {
            return read.get();
        } finally {
            reading.release(weight);
        }
    }

    private static void take(Semaphore permits, int count) {
        try {
            permits.acquire(count);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideError("not read, since we are stopping", true, e);
        }
    }

    /** What one visit holds. Used by one thread at a time; closed when what the visit brought was taken in. */
    final class Share implements AutoCloseable {
        private boolean isLarge;

        private Share() {}

        /** What this visit has to hold is large: waits until it may be. Safe to repeat. */
        void beLarge() {
            if (!isLarge) {
                take(large, 1);
                isLarge = true;
            }
        }

        /**
         * Fetches. An answer that is large while there is no room is given up, and had again when there is: whoever waited for room within a fetch would
         * use up the time its server was given.
         */
        Fetched fetched(Function<LargeBody, Fetched> fetch) {
            try {
                return fetch.apply(new LargeBody(LARGE_BYTES, this::beLargeNow));
            } catch (NoRoom e) {
                beLarge();
                return fetch.apply(LargeBody.WELCOME);
            }
        }

        private void beLargeNow() {
            if (!isLarge) {
                if (!large.tryAcquire()) {
                    throw new NoRoom();
                }
                isLarge = true;
            }
        }

        /** Reads a document when its turn comes. */
        <T> T reading(Supplier<T> read) {
            return Room.this.reading(isLarge ? READ_MAX : 1, read);
        }

        @Override
        public void close() {
            if (isLarge) {
                isLarge = false;
                large.release();
            }
        }
    }
}
