package io.broadsheet.feedback.webhook;

import io.broadsheet.error.OutsideError;
import io.broadsheet.http.FetchRequest;
import io.broadsheet.http.Fetched;
import io.broadsheet.http.Fetcher;

/** Fetches from SNS. Safe for several threads. */
interface Fetch {
    int BYTES_MAX = 64 * 1024; // a certificate has 2 KiB

    /** @throws OutsideError when it can't be had, or comes from elsewhere */
    byte[] fetch(String url);

    /** By the guarded fetcher. A redirect is not SNS' way, so what another host answers doesn't count. */
    static Fetch by(Fetcher fetcher) {
        return url -> {
            Fetched fetched = fetcher.fetch(new FetchRequest(url, null, null, BYTES_MAX, "*/*"));
            if (fetched.status() != 200 || fetched.truncated() || !AmazonAddress.isOfSns(fetched.finalUrl())) {
                throw new OutsideError(
                        "webhook: SNS answered " + fetched.status()
                                + " where its certificate or a confirmation was expected; it is tried again when SNS posts again",
                        true,
                        null);
            }
            return fetched.body();
        };
    }
}
