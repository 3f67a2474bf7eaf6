package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Tue, 04 Mar 2025 10:00:00 GMT          | 2025-03-04T10:00:00Z
                    Tue, 4 Mar 2025 10:00:00 +0100         | 2025-03-04T09:00:00Z
                    Tuesday, 04 Mar 2025 10:00 EST         | 2025-03-04T15:00:00Z
                    Wed, 04 Mar 2025 10:00:00 PDT          | 2025-03-04T17:00:00Z
                    Tue, 04 Mar 2025 10:00:00 GMT+0000     | 2025-03-04T10:00:00Z
                    Tue, 04 Mar 2025 10:00:00 GMT-05:00    | 2025-03-04T15:00:00Z
                    Tue, 04 Mar 2025 10:00:00 -0500 (EST)  | 2025-03-04T15:00:00Z
                    Tue, 04 Mar 2025 24:00:00 GMT          | 2025-03-05T00:00:00Z
                    Tue, 04 Mar 2025 10:00:60 GMT          | 2025-03-04T10:00:59Z
                    Tue,04 Mar 2025 10:00:00 Z             | 2025-03-04T10:00:00Z
                    Tue, 04-Mar-2025 10:00:00 UTC          | 2025-03-04T10:00:00Z
                    04 Mar 25 10:00:00 GMT                 | 2025-03-04T10:00:00Z
                    Tue Mar  4 10:00:00 2025               | 2025-03-04T10:00:00Z
                    Tue Mar 04 10:00:00 CET 2025           | 2025-03-04T09:00:00Z
                    Tue, 04 Mar 2025 10:00:00 IST          | 2025-03-04T04:30:00Z
                    Tue, 04 Mar 2025 10:00:00              | 2025-03-04T10:00:00Z
                    Sept. 7, 2017                          | 2017-09-07T00:00:00Z
                    Nov. 21, 2025                          | 2025-11-21T00:00:00Z
                    November 21st, 2025 at 3:30 p.m.       | 2025-11-21T15:30:00Z
                    Nov 21, 2025 12:05 AM EST              | 2025-11-21T05:05:00Z
                    03 October 2022                        | 2022-10-03T00:00:00Z
                    4. März 2025, 10.30 Uhr                | 2025-03-04T10:30:00Z
                    mardi 4 février 2025                   | 2025-02-04T00:00:00Z
                    le 1er août 2025 à 20h15               | 2025-08-01T20:15:00Z
                    4 de marzo de 2025                     | 2025-03-04T00:00:00Z
                    4 maggio 2025                          | 2025-05-04T00:00:00Z
                    4 de março de 2025                     | 2025-03-04T00:00:00Z
                    4 maart 2025                           | 2025-03-04T00:00:00Z
                    4 października 2025                    | 2025-10-04T00:00:00Z
                    4 марта 2025 г.                        | 2025-03-04T00:00:00Z
                    2025年3月4日 10:30                      | 2025-03-04T10:30:00Z
                    2025년 3월 4일                          | 2025-03-04T00:00:00Z
                    2025-03-04T10:00:00Z                   | 2025-03-04T10:00:00Z
                    2025-03-04t10:00:00z                   | 2025-03-04T10:00:00Z
                    2025-03-04T10:00:00.123456+02:00       | 2025-03-04T08:00:00Z
                    2025-03-04T10:00+0200                  | 2025-03-04T08:00:00Z
                    2025-03-04 10:00:00 -0500              | 2025-03-04T15:00:00Z
                    2025-03-04T10:00:00Europe/Berlin       | 2025-03-04T09:00:00Z
                    2025-03-04                             | 2025-03-04T00:00:00Z
                    2025-03                                | 2025-03-01T00:00:00Z
                    20250304                               | 2025-03-04T00:00:00Z
                    20250304T100000Z                       | 2025-03-04T10:00:00Z
                    2025/3/4 9:05                          | 2025-03-04T09:05:00Z
                    2025-W10-2                             | 2025-03-04T00:00:00Z
                    2025-063                               | 2025-03-04T00:00:00Z
                    1741082400                             | 2025-03-04T10:00:00Z
                    1741082400000                          | 2025-03-04T10:00:00Z
                    04.03.2025 10:00                       | 2025-03-04T10:00:00Z
                    31/12/2025                             | 2025-12-31T00:00:00Z
                    12/31/2025 10:00 PM                    | 2025-12-31T22:00:00Z
                    Wed, 04 Mar 2099 10:00:00 GMT          | 2099-03-04T10:00:00Z
                    """)
    void a_date_is_read_however_it_is_written(String text, String expected) {
        assertThat(Dates.read(text, ZoneOffset.UTC).instant()).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "epoch",
                "yesterday",
                "31 Feb 2025",
                "Tue, 32 Mar 2025 10:00:00 GMT",
                "2025-13-01",
                "0001-01-01T00:00:00Z",
                "Thu, 01 Jan 1970 00:00:00 GMT",
                "03/04/2025",
                "2025-03-04T25:00:00Z",
                "12345",
                "99999999999999999999",
                "March",
                "4 March",
                "{{ date }}",
                "--",
                "0000-00-00 00:00:00"
            })
    void what_is_no_possible_date_is_none(String text) {
        Dates.Found found = Dates.read(text, ZoneOffset.UTC);

        assertThat(found.instant()).isNull();
        assertThat(found.why()).isNotBlank();
    }

    @Test
    void a_date_without_a_zone_is_in_the_sources() {
        assertThat(Dates.read("2025-07-04 10:00", ZoneId.of("Europe/Berlin")).instant())
                .hasToString("2025-07-04T08:00:00Z");
    }

    @Test
    void a_zone_name_that_several_countries_use_is_the_sources_when_it_lies_there() {
        assertThat(Dates.read("Tue, 04 Mar 2025 10:00:00 IST", ZoneId.of("Asia/Jerusalem"))
                        .instant())
                .hasToString("2025-03-04T08:00:00Z");
    }
}
