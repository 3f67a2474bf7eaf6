package io.broadsheet.whole;

import static io.broadsheet.test.Eventually.eventually;

import jakarta.mail.Address;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPMessage;

/**
 * A real Postfix and a real Dovecot on loopback, with folders and ports of their own; no system service is touched. Postfix needs to be started by
 * root. Readers of example.net, example.com and news.example.org have mailboxes by their local part; {@code src/test/resources/mailhost} says how
 * each domain treats the others.
 */
final class MailHost implements AutoCloseable {
    private static final String PASSWORD = "secret";
    private static final int STOP_SECONDS = 20;

    private final Path folder;
    private final Greylist greylist;
    private final Map<String, Integer> ports;

    private MailHost(Path folder, Greylist greylist, Map<String, Integer> ports) {
        this.folder = folder;
        this.greylist = greylist;
        this.ports = ports;
    }

    /** Why it can't be had on this machine; nothing when it can. */
    static Optional<String> missing() throws IOException, InterruptedException {
        if (!"0".equals(run(List.of("id", "-u")).strip())) {
            return Optional.of("Postfix can only be started by root");
        }
        for (String program : List.of("/usr/sbin/postfix", "/usr/sbin/dovecot", "/usr/bin/doveadm")) {
            if (!Files.isExecutable(Path.of(program))) {
                return Optional.of("no " + program + "; install postfix, dovecot-imapd and dovecot-lmtpd");
            }
        }
        try {
            run(List.of("/usr/bin/python3", "-c", "import dkim, nacl"));
        } catch (IOException e) {
            return Optional.of("no dkimpy, which verifies our signatures; install python3-dkim and python3-nacl");
        }
        return Optional.empty();
    }

    /**
     * @param readers local parts that have a mailbox; one that begins with {@code full} is over its quota from the start, and what comes to
     *     {@code leave} lies in the mailbox {@code bounces} too
     */
    static MailHost start(String... readers) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("mailhost");
        Greylist greylist = new Greylist();
        MailHost host = new MailHost(
                folder,
                greylist,
                Map.of("SMTP", free(), "LMTP", free(), "IMAP", free(), "QUOTA", free(), "GREYLIST", greylist.port()));
        try {
            host.configure(readers);
            run(List.of("postfix", "-c", folder + "/postfix", "start"));
            run(List.of("dovecot", "-c", folder + "/dovecot/dovecot.conf"));
            for (String port : List.of("SMTP", "LMTP", "IMAP", "QUOTA")) {
                eventually(port + " of the mail host is open", () -> isOpen(host.ports.get(port)));
            }
        } catch (IOException | InterruptedException | AssertionError e) {
            host.close();
            throw e;
        }
        return host;
    }

    private void configure(String... readers) throws IOException, InterruptedException {
        // Postfix and Dovecot drop root for users of their own, which must get in.
        run(List.of("chmod", "755", folder.toString()));
        for (String name : List.of("postfix", "dovecot", "queue", "state", "log", "run", "mail")) {
            Files.createDirectory(folder.resolve(name));
        }
        run(List.of("chown", "postfix", folder + "/state"));
        for (String file : List.of("postfix/main.cf", "postfix/master.cf", "dovecot/dovecot.conf")) {
            String name = Path.of(file).getFileName().toString();
            Files.writeString(folder.resolve(file), filled(name));
        }
        StringBuilder known = new StringBuilder("@example.com x\n@news.example.org x\n");
        StringBuilder users = new StringBuilder();
        for (String reader : readers) {
            known.append(reader).append("@example.net x\n");
            users.append(reader)
                    .append(":{PLAIN}" + PASSWORD + "::::::")
                    .append(reader.startsWith("full") ? "userdb_quota_rule=*:bytes=100" : "")
                    .append(reader.equals("leave") ? "userdb_mail=maildir:" + folder + "/mail/bounces" : "")
                    .append('\n');
        }
        Files.writeString(folder.resolve("postfix/readers"), known);
        Files.writeString(folder.resolve("dovecot/users"), users);
        for (String reader : readers) {
            if (reader.startsWith("full")) {
                Path mail = folder.resolve("mail/" + reader);
                for (String part : List.of("cur", "new", "tmp")) {
                    Files.createDirectories(mail.resolve(part));
                }
                Files.writeString(
                        mail.resolve("new/1.old"), "Subject: old\n\n" + "What fills the mailbox.\n".repeat(20));
            }
        }
        run(List.of("chown", "-R", "mail:mail", folder + "/mail"));
    }

    private String filled(String resource) throws IOException {
        try (InputStream in = MailHost.class.getResourceAsStream("/mailhost/" + resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("@DIR@", folder.toString());
            for (Map.Entry<String, Integer> port : ports.entrySet()) {
                text = text.replace("@" + port.getKey() + "@", port.getValue().toString());
            }
            return text;
        }
    }

    /** Free when asked; Postfix and Dovecot can't be told to choose one themselves. */
    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int smtpPort() {
        return ports.get("SMTP");
    }

    int imapPort() {
        return ports.get("IMAP");
    }

    String password() {
        return PASSWORD;
    }

    /** Every message in a reader's inbox, as Dovecot gives it out over IMAP. */
    List<byte[]> inbox(String reader) throws MessagingException, IOException {
        Properties properties = new Properties();
        properties.setProperty("mail.imap.timeout", "10000");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("127.0.0.1", imapPort(), reader, PASSWORD);
            Folder inbox = store.getFolder("INBOX");
            inbox.open(Folder.READ_ONLY);
            List<byte[]> messages = new ArrayList<>();
            for (Message message : inbox.getMessages()) {
                if (!message.isSet(Flags.Flag.DELETED)) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                    message.writeTo(bytes);
                    messages.add(bytes.toByteArray());
                }
            }
            return messages;
        }
    }

    /** Hands a message in as another mail server would. */
    void submit(String from, String to, String message) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.timeout", "10000");
        Session session = Session.getInstance(properties);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect("127.0.0.1", smtpPort(), null, null);
            SMTPMessage mail =
                    new SMTPMessage(session, new ByteArrayInputStream(message.getBytes(StandardCharsets.UTF_8)));
            mail.setEnvelopeFrom(from);
            transport.sendMessage(mail, new Address[] {new InternetAddress(to)});
        }
    }

    /** What both programs logged: for a failing test's message. */
    String log() throws IOException {
        return Files.readString(folder.resolve("log/postfix.log"))
                + Files.readString(folder.resolve("log/dovecot.log"));
    }

    /** Runs a program to its end and answers what it said on both channels. */
    static String run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("mailhost", "said");
        // To a file: the daemons that a start leaves behind would keep a pipe open.
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(STOP_SECONDS, TimeUnit.SECONDS);
        String output = Files.readString(said);
        Files.delete(said);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        greylist.close();
        if (Files.exists(folder.resolve("queue/pid/master.pid"))) {
            run(List.of("postfix", "-c", folder + "/postfix", "abort"));
        }
        if (Files.exists(folder.resolve("run/master.pid"))) {
            run(List.of("doveadm", "-c", folder + "/dovecot/dovecot.conf", "stop"));
            eventually("Dovecot has ended", () -> !Files.exists(folder.resolve("run/master.pid")));
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
