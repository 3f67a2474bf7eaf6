package io.broadsheet.dkim;

import io.broadsheet.mail.EncodedBody;
import io.broadsheet.mail.Holed;
import io.broadsheet.mail.Letter;
import io.broadsheet.mail.Mailbox;
import io.broadsheet.mail.MailingList;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.time.Stopwatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What signing one 42 KB message costs, by engine and keys, in CPU time of one thread: that is what stays comparable on a machine that does other
 * things as well. Rounds take turns; the lowest and the median are printed. Arguments: messages a round, rounds.
 */
final class DkimBench {
    private static final String SENTENCE =
            "The harbour bridge, closed since spring, reopens to all traffic on Monday morning. ";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DkimBench() {}

    private record Way(String name, Engine engine, List<DkimKey> keys, List<Double> micros) {}

    public static void main(String[] args) {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 400;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        DkimKey rsa = Keys.rsa("news.example.org");
        DkimKey ed25519 = Keys.ed25519("news.example.org");
        List<Way> ways = new ArrayList<>();
        for (Engine engine : List.of(Engine.best(), Engine.plain())) {
            String by = ways.isEmpty() ? "best, " : "plain, ";
            ways.add(new Way(by + "rsa", engine, List.of(rsa), new ArrayList<>()));
            ways.add(new Way(by + "ed25519", engine, List.of(ed25519), new ArrayList<>()));
            ways.add(new Way(by + "both", engine, List.of(rsa, ed25519), new ArrayList<>()));
        }
        OutgoingMessage message = message();
        Hand hashing = new Hand(Engine.plain());
        List<Double> hash = new ArrayList<>();
        for (int round = 0; round <= rounds; round++) {
            double micros = micros(messages, () -> {
                hashing.read(message);
                hashing.drop();
            });
            for (Way way : ways) {
                Signer signer = Signer.with(way.keys(), way.engine(), Clock.systemUTC());
                double taken = micros(messages, () -> signer.sign(message));
                if (round > 0) {
                    way.micros().add(taken); // the first round warms up
                }
            }
            hash.add(micros);
        }
        System.out.printf(
                Locale.ROOT, "message of %d bytes, %d a round, %d rounds%n", message.size(), messages, rounds);
        say("body hash alone", hash);
        ways.forEach(way -> say(way.name(), way.micros()));
    }

    private static double micros(int messages, Runnable one) {
        Stopwatch since = Stopwatch.start();
        long before = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < messages; i++) {
            one.run();
        }
        long cpu = THREADS.getCurrentThreadCpuTime() - before;
        return (cpu > 0 ? cpu : since.elapsed().toNanos()) / 1000.0 / messages;
    }

    private static void say(String what, List<Double> micros) {
        List<Double> sorted = micros.stream().sorted().toList();
        double median = sorted.get(sorted.size() / 2);
        System.out.printf(
                Locale.ROOT,
                "%-16s %7.0f us of CPU a message (best %.0f), %.0f/s a core%n",
                what,
                median,
                sorted.get(0),
                1e6 / median);
    }

    private static OutgoingMessage message() {
        MailingList list = new MailingList("news.news.example.org", "Example News", null, null, "1:news:e:example");
        Letter letter = new Letter(
                "bounces@news.example.org",
                new Mailbox("Example News", "news@news.example.org"),
                new Mailbox("", "ada@example.net"),
                null,
                "<1@news.example.org>",
                Clock.systemUTC().instant().atZone(ZoneOffset.UTC),
                list.headers("https://news.example.org/u/TOKEN", null));
        EncodedBody body = EncodedBody.of(
                Holed.whole((SENTENCE + "\n").repeat(72)), Holed.whole(("<p>" + SENTENCE + "</p>\n").repeat(370)));
        return letter.write("Example News", body.fill(List.of(), List.of()));
    }
}
