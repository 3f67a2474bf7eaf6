package io.broadsheet.delivery;

import io.broadsheet.config.Home;
import io.broadsheet.config.Settings;
import io.broadsheet.db.Ids;
import io.broadsheet.db.Node;
import io.broadsheet.delivery.Sending.SmtpSettings;
import io.broadsheet.dkim.Keyring;
import io.broadsheet.dkim.Signer;
import io.broadsheet.dns.Dns;
import io.broadsheet.edition.EditionStore;
import io.broadsheet.mail.EncodedBody;
import io.broadsheet.mail.Header;
import io.broadsheet.mail.Holed;
import io.broadsheet.mail.Letter;
import io.broadsheet.mail.Mailbox;
import io.broadsheet.mail.OutgoingMessage;
import io.broadsheet.test.Eventually;
import io.broadsheet.test.SmtpSink;
import io.broadsheet.test.TestDatabase;
import io.broadsheet.time.Stopwatch;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.SocketFactory;

/**
 * How fast an edition goes out, with the real journal, beside plain Jakarta Mail into the same sink in this process: one kept {@code Transport} and
 * one {@code MimeMessage} a recipient, as it comes, and tuned (as many connections as we have, TCP_NODELAY). Runs take turns; medians with lowest
 * and highest are printed. Arguments: recipients, rounds, connections, {@code sqlite} or {@code postgres}, and which DKIM keys sign: {@code none},
 * {@code rsa}, {@code ed25519} or {@code both}.
 */
final class DeliveryBench {
    private static final int HTML_CHARACTERS = 34_000;
    private static final int TEXT_CHARACTERS = 6_000;
    private static final int STOCK_MESSAGES = 400;
    private static final String SENTENCE =
            "The harbour bridge, closed since spring, reopens to all traffic on Monday morning. ";

    private final int recipients;
    private final int connections;
    private final SmtpSink sink = SmtpSink.counting();
    private final String html =
            "<html><body>" + lines("<p>" + SENTENCE + "</p>\n", HTML_CHARACTERS) + "</body></html>\n";
    private final String text = lines(SENTENCE + "\n", TEXT_CHARACTERS);

    private final Signer signer;

    private DeliveryBench(int recipients, int connections, Signer signer) {
        this.recipients = recipients;
        this.connections = connections;
        this.signer = signer;
    }

    public static void main(String[] args) throws Exception {
        int recipients = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        int connections = args.length > 2 ? Integer.parseInt(args[2]) : 10;
        boolean postgres = args.length > 3 && args[3].equals("postgres");
        try (TestDatabase test = postgres ? TestDatabase.postgres() : TestDatabase.sqlite()) {
            String dkim = args.length > 4 ? args[4] : "none";
            System.out.println("DKIM: " + dkim);
            new DeliveryBench(recipients, connections, signer(test, dkim)).run(test, rounds);
        }
        System.exit(0);
    }

    private static Signer signer(TestDatabase test, String dkim) {
        Clock clock = Clock.systemUTC();
        if (dkim.equals("none")) {
            return Signer.of(List.of(), clock);
        }
        Home home = Home.at(test.home());
        Keyring keyring = new Keyring(home, Settings.load(home).value().mail(), clock, new Dns(List.of()));
        Keyring.Wanted wanted = Keyring.Wanted.valueOf(dkim.toUpperCase(Locale.ROOT));
        return Signer.of(
                keyring.make("news.example.org", null, wanted).stream()
                        .map(held -> new Settings.Dkim(
                                held.key().domain(), held.key().selector(), home.resolve(held.file()), 1))
                        .toList(),
                clock);
    }

    private static String lines(String line, int characters) {
        return line.repeat(characters / line.length());
    }

    private void run(TestDatabase test, int rounds) throws Exception {
        Sending sending = Sending.to(test, Clock.systemUTC(), recipients);
        Node node = Node.join(
                test.database(),
                test.home().resolve("data"),
                Node.Kind.COMMAND,
                new Ids(Clock.systemUTC()),
                Clock.systemUTC(),
                "bench");
        List<Double> ours = new ArrayList<>();
        List<Double> tuned = new ArrayList<>();
        List<Double> stock = new ArrayList<>();
        // The first round warms up and is not counted.
        for (int round = 0; round <= rounds; round++) {
            double one = ours(test, sending, node);
            double two = loop(connections, Math.min(recipients, 4_000), true);
            double three = loop(1, STOCK_MESSAGES, false);
            System.out.printf(
                    Locale.ROOT,
                    "round %d: broadsheet %.0f/s, tuned loop %.0f/s, stock loop %.0f/s%n",
                    round,
                    one,
                    two,
                    three);
            if (round > 0) {
                ours.add(one);
                tuned.add(two);
                stock.add(three);
            }
        }
        System.out.printf("%s, %d recipients, %d connections, %d rounds%n", test, recipients, connections, rounds);
        say("broadsheet, every change durable", ours);
        say("jakarta mail, " + connections + " kept transports, TCP_NODELAY", tuned);
        say("jakarta mail, 1 kept transport", stock);
        System.out.printf(
                Locale.ROOT,
                "ratio to the tuned loop %.1f, to the stock loop %.1f%n",
                median(ours) / median(tuned),
                median(ours) / median(stock));
        node.close();
    }

    private static void say(String what, List<Double> rates) {
        System.out.printf(
                Locale.ROOT,
                "%s: median %.0f/s (%.0f to %.0f)%n",
                what,
                median(rates),
                Collections.min(rates),
                Collections.max(rates));
    }

    private static double median(List<Double> rates) {
        return rates.stream().sorted().toList().get(rates.size() / 2);
    }

    private double ours(TestDatabase test, Sending sending, Node node) {
        sending.run("update delivery set state = 'queued', reply = null, attempts = 0");
        sending.run("update edition set state = 'sending', ended_at = null");
        EncodedBody body = EncodedBody.of(Holed.cut(text, List.of()), Holed.cut(html, List.of()));
        Clock clock = Clock.systemUTC();
        DeliveryStore deliveries = new DeliveryStore(clock);
        EditionStore editions = new EditionStore();
        SmtpSettings smtp = SmtpSettings.of(sink.port()).connections(connections);
        Dispatch sender = new Dispatch(
                new Tables(test.database(), clock, deliveries, new OutboxQueueStore(clock, smtp.giveUp()), editions),
                smtp.settings(),
                claim -> signer.sign(message(claim, body, clock)),
                new TakeOver(test.database(), clock, node, editions, deliveries),
                Sending.routes(clock, "news.example.org"));
        int before = sink.count();
        long cpuBefore = cpuNanos();
        Stopwatch since = Stopwatch.start();
        sender.start();
        Eventually.eventually("all are out", () -> sink.count() - before >= recipients);
        double seconds = since.elapsed().toMillis() / 1000.0;
        Eventually.eventually("it has ended", () -> sending.editionState().equals("sent"));
        sender.close();
        System.out.printf(
                Locale.ROOT,
                "  heap after the last collection: %d MiB; CPU time a message: %.2f ms%n",
                heapMib(),
                (cpuNanos() - cpuBefore) / 1e6 / recipients);
        return recipients / seconds;
    }

    /** Of this process; the sink has its own. */
    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static long heapMib() {
        long bytes = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            MemoryUsage usage = pool.getCollectionUsage();
            bytes += usage == null ? 0 : usage.getUsed();
        }
        return bytes / 1024 / 1024;
    }

    private static OutgoingMessage message(Claim claim, EncodedBody body, Clock clock) {
        Letter letter = new Letter(
                "bounce@news.example.org",
                new Mailbox("Example News", "news@news.example.org"),
                new Mailbox("", claim.subscriber().address().mailbox()),
                null,
                Sending.messageId(claim.subscriber().id().value()),
                clock.instant().atZone(ZoneOffset.UTC),
                List.of(Header.of(
                        "List-Unsubscribe",
                        "<https://news.example.org/u/" + claim.subscriber().id() + ">")));
        return letter.write("Example News", body.fill(List.of(), List.of()));
    }

    private double loop(int threads, int messages, boolean tuned) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> all = new ArrayList<>();
        Stopwatch since = Stopwatch.start();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> send(next, messages, tuned), "loop-" + i);
            all.add(thread);
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
        return messages / (since.elapsed().toMillis() / 1000.0);
    }

    private void send(AtomicInteger next, int messages, boolean tuned) {
        Properties properties = new Properties();
        if (tuned) {
            properties.put("mail.smtp.socketFactory", new WithoutNagle());
        }
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", sink.port(), null, null);
            for (int number = next.incrementAndGet(); number <= messages; number = next.incrementAndGet()) {
                MimeMessage message = plain(session, number);
                transport.sendMessage(message, message.getAllRecipients());
            }
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private MimeMessage plain(Session session, int number) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress("news@news.example.org"));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress("r" + number + "@example.org"));
        message.setSubject("Example News");
        message.setHeader("List-Unsubscribe", "<https://news.example.org/u/" + number + ">");
        MimeBodyPart textPart = new MimeBodyPart();
        textPart.setText(text, "utf-8");
        MimeBodyPart htmlPart = new MimeBodyPart();
        htmlPart.setText(html, "utf-8", "html");
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(textPart);
        both.addBodyPart(htmlPart);
        message.setContent(both);
        message.saveChanges();
        return message;
    }

    private static final class WithoutNagle extends SocketFactory {
        private static Socket tuned(Socket socket) throws IOException {
            socket.setTcpNoDelay(true);
            return socket;
        }

        @Override
        public Socket createSocket() throws IOException {
            return tuned(new Socket());
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return tuned(new Socket(host, port));
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
            return tuned(new Socket(host, port, from, fromPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return tuned(new Socket(host, port));
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
            return tuned(new Socket(host, port, from, fromPort));
        }
    }
}
