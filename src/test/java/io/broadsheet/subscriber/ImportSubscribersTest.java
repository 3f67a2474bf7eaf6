package io.broadsheet.subscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.broadsheet.error.UserError;
import io.broadsheet.progress.Progress;
import io.broadsheet.subscriber.ImportSubscribers.Rejected;
import io.broadsheet.subscriber.ImportSubscribers.Report;
import io.broadsheet.subscriber.Subscription.State;
import io.broadsheet.test.OnBothDatabases;
import io.broadsheet.test.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files of people, good and bad. */
class ImportSubscribersTest {
    @OnBothDatabases
    void a_file_is_taken_in_once_and_counted_exactly(TestDatabase test) {
        Readers readers = new Readers(test);
        readers.suppress("dora@example.org");
        String file = String.join(
                "\r\n",
                "\uFEFFemail,name,language,time-zone,cadence,topics",
                "ada@example.org,\"Lovelace, Ada\",en-gb,Europe/London,daily,space; sea",
                "Ben@Example.org,,,,,",
                "",
                "cleo@example.org",
                "dora@example.org,Dora,,,,");

        Report first = readers.imports(file);
        Report again = readers.imports(file);
        Report changed = readers.imports("name,email\nAda King,ada@example.org\n,ben@example.org\n");

        assertThat(first).isEqualTo(new Report(3, 0, 0, 1, List.of(), 0));
        assertThat(again).isEqualTo(new Report(0, 0, 3, 1, List.of(), 0));
        assertThat(changed).isEqualTo(new Report(0, 1, 1, 0, List.of(), 0));
        ShowSubscriber.Shown ada = readers.showSubscriber.show("ada@example.org");
        assertThat(ada.name()).isEqualTo("Ada King");
        assertThat(ada.language()).isEqualTo("en-GB");
        assertThat(ada.timeZone()).isEqualTo("Europe/London");
        assertThat(ada.subscriptions().get(0).topics()).containsExactly("space", "sea");
        assertThat(ada.subscriptions().get(0).cadence()).isEqualTo("daily");
        assertThat(ada.consents())
                .extracting(ShowSubscriber.ShownConsent::evidence)
                .containsExactly("asked at a fair");
        assertThat(readers.showSubscriber.show("ben@example.org").email()).isEqualTo("Ben@example.org");
        assertThat(readers.subscription("ben@example.org").cadence()).isEqualTo("each");
    }

    @OnBothDatabases
    void each_bad_row_is_left_out_with_its_line_and_reason_and_the_others_count(TestDatabase test) {
        Readers readers = new Readers(test);

        Report report = readers.imports("""
                email,name,language,time-zone,cadence,topics
                ada@example.org
                not an address
                ,Nobody
                ben@example.org,"Ben
                Bcc: all@example.org"
                cleo@example.org,,english!
                dora@example.org,,,Europe/Atlantis
                emil@example.org,,,,hourly
                ADA@example.org,Ada again
                finn@example.org,Fi""nn
                hugo@example.org
                ivan@example.org,,,,,,one cell too many
                gina@example.org,"Gina
                """);

        assertThat(report.added()).isEqualTo(2);
        assertThat(report.rejected())
                .extracting(Rejected::line)
                .containsExactly(3L, 4L, 5L, 7L, 8L, 9L, 10L, 11L, 13L, 14L);
        assertThat(report.rejected())
                .extracting(Rejected::reason)
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("address"),
                        reason -> assertThat(reason).contains("no address"),
                        reason -> assertThat(reason).contains("a name with a line break"),
                        reason -> assertThat(reason).contains("'english!' is no language"),
                        reason -> assertThat(reason).contains("'Europe/Atlantis' is no time zone"),
                        reason -> assertThat(reason).contains("no cadence 'hourly'"),
                        reason -> assertThat(reason).contains("the same address as on an earlier line"),
                        reason -> assertThat(reason).contains("a quote inside a cell"),
                        reason -> assertThat(reason).contains("7 cells under 6 columns"),
                        reason -> assertThat(reason).contains("a quote that isn't closed"));
        assertThat(readers.subscription("hugo@example.org").state()).isEqualTo(State.ACTIVE);
    }

    @OnBothDatabases
    void a_quote_that_nobody_closed_costs_its_own_row_alone(TestDatabase test) {
        Readers readers = new Readers(test);
        String others = IntStream.rangeClosed(1, 100)
                .mapToObj(reader -> "reader" + reader + "@example.org\n")
                .collect(Collectors.joining());

        Report report = readers.imports("email,name\nada@example.org,\"Ada\nben@example.org\n" + others);

        assertThat(report.rejected()).extracting(Rejected::line).containsExactly(2L);
        assertThat(report.added()).isEqualTo(101);
    }

    @OnBothDatabases
    void a_file_that_is_none_changes_nothing_and_says_why(TestDatabase test) {
        Readers readers = new Readers(test);

        assertThatThrownBy(() -> readers.imports(""))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("an empty file");
        assertThatThrownBy(() -> readers.imports("email;name\nada@example.org;Ada\n"))
                .hasMessageContaining(":1: columns parted by ';'");
        assertThatThrownBy(() -> readers.imports("emial\nada@example.org\n"))
                .hasMessageContaining("did you mean 'email'?");
        assertThatThrownBy(() -> readers.imports("name\nAda\n")).hasMessageContaining("no column 'email'");
        assertThatThrownBy(() -> readers.importSubscribers.take(
                        new ImportSubscribers.Request(Path.of("nowhere.csv"), "news", null, null, false),
                        Progress.NONE))
                .hasMessageContaining("nowhere.csv: there is no such file");
    }

    @OnBothDatabases
    void without_evidence_people_are_pending_and_mailed_only_an_invitation_that_was_asked_for(TestDatabase test) {
        Readers readers = new Readers(test);

        readers.imports("email\nada@example.org\n", null);
        int uninvited = readers.outbox().size();
        ImportSubscribers.Request invited = new ImportSubscribers.Request(
                readers.file("email\nada@example.org\nben@example.org\n"), "news", null, null, true);
        Report first = readers.importSubscribers.take(invited, Progress.NONE);
        readers.importSubscribers.take(invited, Progress.NONE);
        int mailed = readers.outbox().size();
        Report confirmed = readers.imports("email\nada@example.org\n");

        assertThat(uninvited).isZero();
        assertThat(first).isEqualTo(new Report(1, 0, 1, 0, List.of(), 0));
        assertThat(mailed).isEqualTo(2);
        assertThat(confirmed.updated()).isEqualTo(1);
        assertThat(readers.subscription("ada@example.org").state()).isEqualTo(State.ACTIVE);
        assertThat(readers.subscription("ben@example.org").state()).isEqualTo(State.PENDING);
    }

    @OnBothDatabases
    void who_left_is_not_brought_back_by_a_file_but_by_an_admin_who_names_them(TestDatabase test) {
        Readers readers = new Readers(test);
        readers.imports("email\nada@example.org\nben@example.org\n");
        readers.unsubscribe.byToken(readers.unsubscribeToken("ada@example.org"), Subscribe.Visitor.UNKNOWN);
        readers.removeSubscriber.remove("ben@example.org", "news");

        Report report = readers.imports("email,name\nada@example.org,Ada\nben@example.org,Ben\n");
        State afterImport = readers.subscription("ada@example.org").state();
        readers.addSubscriber.add(AddSubscriber.Request.of("ada@example.org", "news", null, "asked on the phone"));

        assertThat(report).isEqualTo(new Report(0, 0, 0, 2, List.of(), 0));
        assertThat(afterImport).isEqualTo(State.ENDED);
        assertThat(readers.subscription("ada@example.org").state()).isEqualTo(State.ACTIVE);
    }

    @OnBothDatabases
    void what_is_exported_can_be_imported_and_runs_no_formula(TestDatabase test) {
        Readers readers = new Readers(test);
        readers.imports("""
                email,name,topics
                ada@example.org,"=HYPERLINK(""https://evil.example"")",a;b
                +ben@example.org,"Ben ""the"" Reader, jr.",
                """);
        readers.imports("email\ncleo@example.org\n", null);
        StringBuilder csv = new StringBuilder();

        long written = readers.exportSubscribers.write("news", null, csv);
        Report again = readers.imports(csv.toString());

        assertThat(written).isEqualTo(2);
        assertThat(csv.toString().lines().map(line -> line.replaceAll(",active,.*", "")))
                .containsExactlyInAnyOrder(
                        "email,name,language,time-zone,cadence,topics,state,joined",
                        "ada@example.org,\"'=HYPERLINK(\"\"https://evil.example\"\")\",,,each,a;b",
                        "'+ben@example.org,\"Ben \"\"the\"\" Reader, jr.\",,,each,");
        assertThat(again).isEqualTo(new Report(0, 0, 2, 0, List.of(), 0));
    }

    @OnBothDatabases
    void five_thousand_rows_take_seconds(TestDatabase test) {
        Readers readers = new Readers(test);
        String csv = IntStream.rangeClosed(1, 5_000)
                .mapToObj(reader -> "reader" + reader + "@example.org\n")
                .collect(Collectors.joining("", "email\n", ""));
        long started = System.nanoTime();

        Report report = readers.imports(csv);

        assertThat(report.added()).isEqualTo(5_000);
        assertThat(System.nanoTime() - started).isLessThan(30_000_000_000L);
    }
}
