package io.broadsheet.article;

import io.broadsheet.db.Database;
import io.broadsheet.db.DatabaseAddress;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Migrations;
import io.broadsheet.source.Entry;
import io.broadsheet.source.FetchState;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceStore;
import io.broadsheet.source.Visit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * How long it takes to look one new article's text up among many stored on SQLite, and to collect one. Arguments: the numbers of stored articles to
 * measure at, ascending. With {@code -Dbroadsheet.home} a folder goes on from run to run.
 */
public final class TextLookupBench {
    private static final int MEASURED = 300;
    private static final int BATCH = 500;
    private static final int WORDS = 300;
    private static final int VOCABULARY = 20_000;

    private final Random random = new Random();
    private final Clock clock = Clock.systemUTC();
    private final Ids ids = new Ids(clock);
    private final SourceStore sources = new SourceStore(ids);
    private final IdentityStores stores = IdentityStores.make();
    private final Database database;
    private final TakeIn takeIn;
    private long stored;

    private TextLookupBench(Path home) {
        this.database = Database.open(new DatabaseAddress("jdbc:sqlite:bench.db", null, null, home));
        new Migrations(database).migrate();
        this.takeIn = new TakeIn(database, clock, ids, sources, new ArticleStore(sources), "en");
    }

    public static void main(String[] arguments) throws IOException {
        String kept = System.getProperty("broadsheet.home");
        TextLookupBench bench =
                new TextLookupBench(kept == null ? Files.createTempDirectory("broadsheet-bench") : Path.of(kept));
        SourceDefinition definition = new SourceDefinition(
                "press",
                SourceDefinition.Kind.FEED,
                "https://a.example/rss",
                null,
                Duration.ofMinutes(15),
                List.of(),
                0,
                null,
                null);
        bench.database.writing(tx -> bench.sources.put(tx, definition, true, bench.clock.instant()));
        bench.stored = bench.database.read(
                tx -> tx.query("select count(*) from article").mapTo(Long.class).one());
        for (String argument : arguments) {
            bench.fill(Long.parseLong(argument));
            bench.measure();
        }
        bench.database.close();
    }

    private Source source() {
        return database.read(tx -> sources.find(tx, "press")).orElseThrow();
    }

    private String text(int words) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < words; at++) {
            text.append("w")
                    .append(Integer.toString(random.nextInt(VOCABULARY) + VOCABULARY, 36))
                    .append(' ');
        }
        return text.toString();
    }

    private Entry entry(long number) {
        String title = text(8);
        return new Entry(
                "guid-" + number,
                "https://a.example/news/" + number,
                title,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "<p>" + text(WORDS) + "</p>",
                "en",
                List.of(),
                List.of());
    }

    private void fill(long count) {
        while (stored < count) {
            List<Entry> entries = new ArrayList<>();
            for (int at = 0; at < BATCH; at++) {
                entries.add(entry(stored++));
            }
            show(entries);
        }
    }

    private void show(List<Entry> entries) {
        takeIn.take(source(), new Visit(Visit.Status.OK, entries, List.of(), FetchState.NEW, null, null));
    }

    private void measure() {
        Source source = source();
        long[] lookUps = new long[MEASURED];
        long[] collects = new long[MEASURED];
        long[] busy = new long[MEASURED];
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int round = 0; round < MEASURED; round++) {
            Story story = Story.of(entry(stored));
            long begin = System.nanoTime();
            database.read(
                    tx -> new Resemblances(tx, stores, source.id(), Set.of(), Set.of(), clock.instant()).find(story));
            lookUps[round] = System.nanoTime() - begin;
            List<Entry> one = List.of(entry(stored++));
            begin = System.nanoTime();
            long cpu = threads.getCurrentThreadCpuTime();
            show(one);
            busy[round] = threads.getCurrentThreadCpuTime() - cpu;
            collects[round] = System.nanoTime() - begin;
        }
        System.out.println(stored + " stored: look-up " + figures(lookUps) + ", collecting one " + figures(collects)
                + ", of its thread's CPU " + figures(busy));
    }

    private static String figures(long[] nanos) {
        Arrays.sort(nanos);
        return String.format(
                java.util.Locale.ROOT,
                "median %.2f ms, p99 %.2f ms",
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6);
    }
}
