package io.broadsheet.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.broadsheet.error.UserError;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.HistoryStore;
import io.broadsheet.subscriber.Suppression;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class SuppressionsTest {
    @OnBothDatabases
    void an_admin_suppresses_and_lifts_and_both_are_remembered(TestDatabase test) {
        Mailroom room = new Mailroom(test);

        assertThat(room.suppress.add("Ada@Example.NET")).isTrue();
        assertThat(room.suppress.add("ada@example.net")).isFalse();
        assertThat(room.isSuppressed("ada@example.net")).isTrue();
        assertThat(room.suppress.lift("ADA@example.net")).isTrue();
        assertThat(room.suppress.lift("ada@example.net")).isFalse();

        assertThat(room.isSuppressed("ada@example.net")).isFalse();
        assertThat(room.showSuppression.show("ada@example.net").history())
                .extracting(HistoryStore.Past::what)
                .containsExactlyInAnyOrder("suppressed", "lifted");
        assertThatThrownBy(() -> room.suppress.add("nobody")).isInstanceOf(UserError.class);
    }

    @OnBothDatabases
    void a_file_goes_out_and_comes_back_the_same_and_runs_no_formula(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        room.suppress.add("ada@example.net");
        room.suppress.add("=cmd@example.org");
        room.run(
                "update suppression set reply = '=HYPERLINK(\"https://evil.example\")' where address_key = 'ada@example.net'");
        StringBuilder exported = new StringBuilder();

        new ExportSuppressions(room.listSuppressions).write(exported);

        assertThat(exported.toString().lines())
                .containsExactly(
                        "email,why,since,reply",
                        "'=cmd@example.org,by-admin,2026-11-24T09:00:00Z,",
                        "ada@example.net,by-admin,2026-11-24T09:00:00Z,\"'=HYPERLINK(\"\"https://evil.example\"\")\"");
        List<Suppression> before = all(room);
        room.run("delete from suppression");
        ImportSuppressions.Report report = imports(room, exported.toString());
        assertThat(report).isEqualTo(new ImportSuppressions.Report(2, 0, List.of(), 0));
        assertThat(all(room)).isEqualTo(before);
    }

    @OnBothDatabases
    void bad_rows_are_told_by_line_others_count_and_the_first_reason_stays(TestDatabase test) {
        Mailroom room = new Mailroom(test);
        room.suppress.add("ada@example.net");

        ImportSuppressions.Report report = imports(room, """
                created,email,why
                1,ada@example.net,complaint
                2,not an address,bounce
                3,grace@example.com,complaint
                4,grace@example.com,bounce
                5,linus@example.com,boredom
                6,
                7,"open
                8,new@example.com
                """);

        assertThat(report.added()).isEqualTo(2);
        assertThat(report.unchanged()).isEqualTo(2);
        assertThat(report.rejected())
                .extracting(ImportSuppressions.Rejected::line)
                .containsExactly(3L, 6L, 7L, 8L);
        assertThat(room.showSuppression.show("ada@example.net").why()).isEqualTo("by-admin");
        assertThat(room.showSuppression.show("grace@example.com").why()).isEqualTo("complaint");
        assertThat(room.showSuppression.show("grace@example.com").history())
                .extracting(HistoryStore.Past::what, HistoryStore.Past::via)
                .containsExactly(tuple("suppressed", "import"));
        assertThat(room.showSuppression.show("ada@example.net").history()).hasSize(1);
        assertThatThrownBy(() -> imports(room, "address\nada@example.net\n"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no column 'email'");
    }

    private static ImportSuppressions.Report imports(Mailroom room, String csv) {
        try {
            Path file = Files.writeString(room.test.home().resolve("suppressions.csv"), csv);
            return new ImportSuppressions(room.database, room.clock, room.feedback, room.stores)
                    .take(file, Progress.NONE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Suppression> all(Mailroom room) {
        List<Suppression> all = new ArrayList<>();
        room.listSuppressions.each(null, Long.MAX_VALUE, all::add);
        return all;
    }
}
