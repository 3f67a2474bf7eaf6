package io.broadsheet.source;

import io.broadsheet.http.Fetched;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an HTTP status other than 200 means for a source, with the mend. */
final class Answers {
    /** What is gone for good (410) is looked at once a week, in case it was said in error. */
    private static final Duration GONE = Duration.ofDays(7);

    private Answers() {}

    /** How long to stay away; absent where the usual back-off holds. */
    static @Nullable Duration away(Fetched answer) {
        return answer.status() == 410 ? GONE : answer.retryAfter();
    }

    /** Whether a page may be there, or let us in, at one of the next visits: lists are often ahead of their pages, and hosts refuse for a while. */
    static boolean mayPass(int status) {
        return status == 404 || isRefusal(status);
    }

    static boolean isRefusal(int status) {
        return status == 401 || status == 403 || status == 407;
    }

    static String why(int status) {
        return "answered with " + status
                + switch (status) {
                    case 401, 407 -> ", a login is wanted; sources behind a login can't be collected";
                    case 403 -> ", it refuses us; ask its owner to let this user agent in, see 'fetch.user-agent'";
                    case 404 -> ", not found; is the URL right?";
                    case 410 -> ", gone for good; remove this source or give its new URL";
                    case 451 -> ", withheld for legal reasons; ask its owner, or remove this source";
                    case 429 -> ", too many requests; visit it less often with 'every'";
                    default ->
                        status >= 500
                                ? ", its server is in trouble; it is tried again at the next visit"
                                : ", not with a document; is the URL right?";
                };
    }
}
