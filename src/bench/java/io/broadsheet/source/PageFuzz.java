package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import java.time.ZoneOffset;

/** For a fuzzer: any bytes as a page of HTML: as one story, and as a list of them. */
public final class PageFuzz {
    private static final DocumentParser DOCUMENTS = new DocumentParser();

    private PageFuzz() {}

    public static void fuzzerTestOneInput(byte[] document) {
        try {
            Raw raw = new Raw("fuzz.html", document, "text/html", "https://news.example.org/", false, ZoneOffset.UTC);
            Sound.check(DOCUMENTS.parse(raw));
            new ListPage(raw).learn();
        } catch (OutsideError refused) {
            // As it must be for what is no page.
        }
    }
}
