package io.broadsheet.source;

import io.broadsheet.error.OutsideError;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;

/** For a fuzzer: any bytes within an OPML document. */
public final class OpmlFuzz {
    private static final byte[] BEGIN = "<opml><body>".getBytes(StandardCharsets.US_ASCII);
    private static final DocumentParser DOCUMENTS = new DocumentParser();

    private OpmlFuzz() {}

    public static void fuzzerTestOneInput(byte[] outlines) {
        byte[] document = Arrays.copyOf(BEGIN, BEGIN.length + outlines.length);
        System.arraycopy(outlines, 0, document, BEGIN.length, outlines.length);
        try {
            Sound.check(DOCUMENTS.parse(new Raw("fuzz.opml", document, null, null, false, ZoneOffset.UTC)));
        } catch (OutsideError refused) {
            // As it must be for what is damaged beyond mending.
        }
    }
}
