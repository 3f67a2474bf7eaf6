package io.broadsheet.web.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.feed.PublishedFile;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9110's conditions and codings, case by case. In the tables {@code |} parts header lines and {@code -} means no such header. */
class StoredAnswerTest {
    private static final Instant MODIFIED = Instant.parse("2026-11-23T08:00:00.700Z");
    private static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");
    private static final PublishedFile FILE =
            new PublishedFile("application/rss+xml", bytes("plain"), bytes("gz"), "\"p\"", "\"g\"", MODIFIED, 15);

    @ParameterizedTest(name = "If-None-Match: {0}, If-Modified-Since: {1} -> {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
                    -                      ; -                             ; 200
                    "p"                    ; -                             ; 304
                    W/"p"                  ; -                             ; 304
                    "x", W/"p" , "y"       ; -                             ; 304
                    "x"|"p"                ; -                             ; 304
                    "a,b","p"              ; -                             ; 304
                    *                      ; -                             ; 304
                    "g"                    ; -                             ; 200
                    "x"                    ; -                             ; 200
                    p                      ; -                             ; 200
                    "P"                    ; -                             ; 200
                    "x"                    ; Mon, 23 Nov 2026 08:00:00 GMT ; 200
                    "p"                    ; Mon, 23 Nov 2020 08:00:00 GMT ; 304
                    -                      ; Mon, 23 Nov 2026 08:00:00 GMT ; 304
                    -                      ; Mon, 23 Nov 2026 07:59:59 GMT ; 200
                    -                      ; Tue, 24 Nov 2026 07:59:59 GMT ; 304
                    -                      ; Monday, 23-Nov-26 08:00:00 GMT; 304
                    -                      ; Mon Nov 23 08:00:00 2026      ; 304
                    -                      ; Sun Nov  1 08:00:00 2026      ; 200
                    -                      ; Mo, 23 Nov 2026 08:00:00 GMT  ; 200
                    -                      ; 2026-11-23T08:00:00Z          ; 200
                    -                      ; yesterday                     ; 200
                    """)
    void conditions_on_what_the_client_has(String ifNoneMatch, String ifModifiedSince, int status) {
        StoredAnswer answer = answer(List.of(), List.of(), lines(ifNoneMatch), lines(ifModifiedSince), List.of());

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "If-Match: {0}, If-Unmodified-Since: {1} -> {2}")
    @CsvSource(delimiter = ';', quoteCharacter = '~', textBlock = """
                    "p"   ; -                             ; 200
                    *     ; -                             ; 200
                    W/"p" ; -                             ; 412
                    "x"   ; -                             ; 412
                    "p"   ; Mon, 23 Nov 2020 08:00:00 GMT ; 200
                    -     ; Mon, 23 Nov 2020 08:00:00 GMT ; 412
                    -     ; Mon, 23 Nov 2026 08:00:00 GMT ; 200
                    -     ; nonsense                      ; 200
                    """)
    void conditions_on_what_the_server_has(String ifMatch, String ifUnmodifiedSince, int status) {
        StoredAnswer answer = answer(lines(ifMatch), lines(ifUnmodifiedSince), List.of(), List.of(), List.of());

        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest(name = "Accept-Encoding: {0} -> {1}")
    @CsvSource(delimiter = '>', textBlock = """
                    -                             > plain
                    ''                            > plain
                    gzip                          > gz
                    GZIP                          > gz
                    x-gzip                        > gz
                    deflate, gzip;q=1.0, *;q=0.5  > gz
                    br                            > plain
                    br|gzip                       > gz
                    *                             > gz
                    gzip;q=0                      > plain
                    gzip;q=0.0, identity          > plain
                    gzip;q=0, *                   > plain
                    gzip;q=0.5, identity          > plain
                    gzip;q=0.5, identity;q=0.4    > gz
                    identity;q=0.5, gzip;q=0.5    > gz
                    gzip;q=0.001                  > gz
                    gzip; q = 1                   > gz
                    gzip;q=nonsense               > plain
                    identity;q=0, gzip            > gz
                    identity;q=0, *               > gz
                    identity;q=0                  > 406
                    *;q=0                         > 406
                    *;q=0, identity;q=0.1         > plain
                    *;q=0, gzip;q=0.1             > gz
                    """)
    void codings_by_weight(String acceptEncoding, String expected) {
        StoredAnswer answer = answer(List.of(), List.of(), List.of(), List.of(), lines(acceptEncoding));

        String got = answer.status() == 200
                ? new String(answer.body(), StandardCharsets.US_ASCII)
                : Integer.toString(answer.status());
        assertThat(got).isEqualTo(expected);
        assertThat(answer.headers()).containsEntry("Vary", "Accept-Encoding");
    }

    @Test
    void each_coding_has_a_tag_of_its_own() {
        StoredAnswer packed = answer(List.of(), List.of(), List.of(), List.of(), List.of("gzip"));
        StoredAnswer known = answer(List.of(), List.of(), List.of("\"g\""), List.of(), List.of("gzip"));

        assertThat(packed.headers()).containsEntry("ETag", "\"g\"").containsEntry("Content-Encoding", "gzip");
        assertThat(known.status()).isEqualTo(304);
    }

    @Test
    void a_304_has_the_headers_of_the_200_and_no_body() {
        StoredAnswer full = answer(List.of(), List.of(), List.of(), List.of(), List.of());
        StoredAnswer known = answer(List.of(), List.of(), List.of("\"p\""), List.of(), List.of());

        for (String name : List.of("ETag", "Last-Modified", "Cache-Control", "Vary", "Content-Length")) {
            assertThat(known.headers()).containsEntry(name, full.headers().get(name));
        }
        assertThat(known.body()).isEmpty();
        assertThat(known.headers()).doesNotContainKeys("Content-Type", "Content-Encoding");
        assertThat(full.headers())
                .containsEntry("Content-Type", "application/rss+xml; charset=utf-8")
                .containsEntry("Last-Modified", "Mon, 23 Nov 2026 08:00:00 GMT")
                .containsEntry(
                        "Cache-Control", "public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400");
    }

    @Test
    void last_modified_is_never_in_the_future() {
        StoredAnswer.Asked asked = new StoredAnswer.Asked(List.of(), List.of(), List.of(), List.of(), List.of());
        StoredAnswer answer = StoredAnswer.to(asked, FILE, Instant.parse("2026-11-01T00:00:00Z"));

        assertThat(answer.headers()).containsEntry("Last-Modified", "Sun, 01 Nov 2026 00:00:00 GMT");
    }

    private static StoredAnswer answer(
            List<String> ifMatch,
            List<String> ifUnmodifiedSince,
            List<String> ifNoneMatch,
            List<String> ifModifiedSince,
            List<String> acceptEncoding) {
        return StoredAnswer.to(
                new StoredAnswer.Asked(ifMatch, ifUnmodifiedSince, ifNoneMatch, ifModifiedSince, acceptEncoding),
                FILE,
                NOW);
    }

    private static List<String> lines(String cell) {
        if (cell.equals("-")) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (String line : cell.split("\\|", -1)) {
            lines.add(line);
        }
        return lines;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
