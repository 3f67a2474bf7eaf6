package io.broadsheet.demo;

import io.broadsheet.subscriber.AddSubscriber;
import java.util.List;

/**
 * An invented subscriber.
 *
 * @param cadence of the sandbox's newsletter
 * @param wish what they asked for, in a few words
 */
record Reader(String email, String name, String language, String timeZone, String cadence, String wish) {
    static final Reader ADA =
            new Reader("ada@example.org", "Ada", "en", "Europe/London", "each", "each article as it comes");
    static final Reader BRUNO =
            new Reader("bruno@example.net", "Bruno", "de", "Europe/Berlin", "daily", "daily, in German");
    static final Reader CHIYO =
            new Reader("chiyo@example.com", "Chiyo", "ja", "Asia/Tokyo", "weekly", "weekly, Tokyo time, in Japanese");
    static final List<Reader> ALL = List.of(ADA, BRUNO, CHIYO);

    /** Asks the program to take them in, with proof of their consent. */
    AddSubscriber.Request request(String newsletter) {
        return new AddSubscriber.Request(
                email, newsletter, cadence, "invented for the demo", name, language, timeZone, List.of());
    }
}
