package io.broadsheet.test;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server on loopback that offers the extensions a test names, with TLS and AUTH, and keeps each command and the very bytes of each message as
 * they came over the wire, dots and all.
 */
public final class MailServer implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> offers = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<byte[]> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile SSLContext tls;
    private volatile boolean fromStart;
    private volatile byte[] greeting = "220 mail.example ready\r\n".getBytes(StandardCharsets.US_ASCII);
    private volatile Function<String, String> answers = command -> null;
    private volatile String[] protocols = {"TLSv1.2", "TLSv1.3"};

    private MailServer(InetAddress address, int port) throws IOException {
        this.server = new ServerSocket(port, 50, address);
        thread(this::accept);
    }

    public static MailServer open() {
        return open("127.0.0.1", 0);
    }

    /** On another address of loopback, such as 127.0.0.2. */
    public static MailServer open(String address, int port) {
        try {
            return new MailServer(InetAddress.getByName(address), port);
        } catch (IOException e) {
            throw new IllegalStateException("no mail server", e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** Extensions, as EHLO tells them. */
    public MailServer offers(String... extensions) {
        offers.addAll(List.of(extensions));
        return this;
    }

    /** STARTTLS, with this certificate. */
    public MailServer starttls(SSLContext context) {
        tls = context;
        return offers("STARTTLS");
    }

    /** TLS from the first byte. */
    public MailServer tls(SSLContext context) {
        tls = context;
        fromStart = true;
        return this;
    }

    public MailServer speaking(String... tlsProtocols) {
        protocols = tlsProtocols;
        return this;
    }

    public MailServer greets(byte[] bytes) {
        greeting = bytes;
        return this;
    }

    /** What a command is answered with, instead of the usual; null leaves the usual. A message's end is the command {@code .}. */
    public MailServer answers(Function<String, String> how) {
        answers = how;
        return this;
    }

    /** Every command that came, over all connections. */
    public List<String> commands() {
        return List.copyOf(commands);
    }

    /** The bytes between the reply to DATA and the end of the final dot's line. */
    public List<byte[]> messages() {
        return List.copyOf(messages);
    }

    public int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                thread(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (Socket socket = fromStart ? secured(plain) : plain) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(greeting);
            talk(socket);
        } catch (IOException e) {
            // The client broke off, which is often what is tested.
            return;
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocket over = (SSLSocket) tls.getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        over.setUseClientMode(false);
        over.setEnabledProtocols(protocols);
        over.startHandshake();
        return over;
    }

    private void talk(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        for (String line = line(in); line != null; line = line(in)) {
            commands.add(line);
            String answer = answers.apply(line);
            String verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
            boolean usual = answer == null;
            say(out, usual ? usual(verb) : answer);
            if (verb.equals("STARTTLS") && usual) {
                SSLSocket secured = secured(socket);
                talk(secured);
                return;
            }
            if (verb.equals("DATA") && usual) {
                messages.add(data(in));
                commands.add(".");
                String taken = answers.apply(".");
                say(out, taken == null ? "250 2.0.0 taken" : taken);
            }
            if (verb.equals("QUIT")) {
                return;
            }
        }
    }

    private String usual(String verb) {
        return switch (verb) {
            case "EHLO" -> ehlo();
            case "STARTTLS" -> "220 2.0.0 go on";
            case "AUTH" -> "235 2.7.0 welcome";
            case "DATA" -> "354 go ahead";
            case "QUIT" -> "221 2.0.0 bye";
            default -> "250 2.0.0 ok";
        };
    }

    private String ehlo() {
        StringBuilder reply =
                new StringBuilder("250").append(offers.isEmpty() ? ' ' : '-').append("mail.example");
        for (int at = 0; at < offers.size(); at++) {
            reply.append("\r\n250").append(at < offers.size() - 1 ? '-' : ' ').append(offers.get(at));
        }
        return reply.toString();
    }

    private static void say(OutputStream out, String reply) throws IOException {
        out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static byte[] data(InputStream in) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        int matched = 2;
        byte[] end = "\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);
        while (matched < end.length) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("broken off");
            }
            all.write(octet);
            matched = octet == end[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        return all.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int octet = in.read();
        while (octet >= 0 && octet != '\n') {
            if (octet != '\r') {
                line.write(octet);
            }
            octet = in.read();
        }
        return octet < 0 ? null : line.toString(StandardCharsets.UTF_8);
    }

    private static void thread(Runnable what) {
        Thread thread = new Thread(what, "test-mail-server");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
