package io.broadsheet.source;

/** What an HTTP status other than 200 means for a source, with the mend. */
final class Answers {
    private Answers() {}

    static String why(int status) {
        return "answered with " + status
                + switch (status) {
                    case 401, 407 -> ", a login is wanted; sources behind a login can't be collected";
                    case 403 -> ", it refuses us; ask its owner to let this user agent in, see 'fetch.user-agent'";
                    case 404 -> ", not found; is the URL right?";
                    case 410 -> ", gone for good; remove this source or give its new URL";
                    case 429 -> ", too many requests; visit it less often with 'every'";
                    default ->
                        status >= 500
                                ? ", its server is in trouble; it is tried again at the next visit"
                                : ", not with a document; is the URL right?";
                };
    }
}
