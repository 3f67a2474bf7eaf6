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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A mail server on loopback that keeps who got which message, and answers as a test wants: any reply at any phase, or none at all. Speaks just
 * enough SMTP (RFC 5321), with PIPELINING.
 */
public final class SmtpSink implements AutoCloseable {
    /** Where in the dialogue an answer is due. */
    public enum At {
        CONNECT,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        /** Some octets of the text have come. */
        BODY,
        DOT,
        /** The reply to the dot is out. */
        REPLIED,
        QUIT
    }

    /** One taken message. */
    public record Taken(String messageId, String recipient) {}

    /** Decides on an answer; {@link #DROP} breaks the connection off, null is the usual yes. */
    public interface Answers {
        String at(At at, String recipient);
    }

    public static final String DROP = "drop";
    private static final int BODY_SOME = 40;
    public static final Answers YES = (at, recipient) -> null;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ConcurrentLinkedQueue<Taken> taken = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<byte[]> messages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final boolean keeps;
    private final boolean pipelining;
    private volatile Answers answers = YES;
    private volatile byte[] newest = new byte[0];

    private SmtpSink(int port, boolean keeps, boolean pipelining) throws IOException {
        this.server = new ServerSocket(port, 200, InetAddress.getLoopbackAddress());
        this.keeps = keeps;
        this.pipelining = pipelining;
        Thread thread = new Thread(this::accept, "sink");
        thread.setDaemon(true);
        thread.start();
    }

    public static SmtpSink open() {
        return open(0);
    }

    /** On a port that was free before. */
    public static SmtpSink open(int port) {
        return made(port, true, true);
    }

    /** Only counts: for measurements. */
    public static SmtpSink counting() {
        return made(0, false, true);
    }

    public static SmtpSink withoutPipelining() {
        return made(0, true, false);
    }

    private static SmtpSink made(int port, boolean keeps, boolean pipelining) {
        try {
            return new SmtpSink(port, keeps, pipelining);
        } catch (IOException e) {
            throw new IllegalStateException("no sink", e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    public void answer(Answers how) {
        this.answers = how;
    }

    public List<Taken> taken() {
        return new ArrayList<>(taken);
    }

    /** Every message as it arrived, after un-stuffing. */
    public List<byte[]> messages() {
        return new ArrayList<>(messages);
    }

    public int count() {
        return count.get();
    }

    /** How many connections were ever taken. */
    public int connections() {
        return connections.get();
    }

    /** The text of the newest message, as it arrived after un-stuffing. */
    public String newest() {
        return new String(newest, StandardCharsets.UTF_8);
    }

    /** Breaks every open connection off. */
    public void dropAll() {
        open.forEach(SmtpSink::closed);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                connections.incrementAndGet();
                Thread thread = new Thread(() -> serve(socket), "sink-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            talk(new BufferedInputStream(socket.getInputStream(), 64 * 1024), socket.getOutputStream());
        } catch (IOException e) {
            // The client broke off, or the test did: both are what is tested.
        } finally {
            open.remove(socket);
        }
    }

    private void talk(InputStream in, OutputStream out) throws IOException {
        if (!say(out, answers.at(At.CONNECT, ""), "220 sink.example ready")) {
            return;
        }
        String recipient = "";
        boolean recipients = false;
        String line = line(in);
        while (line != null) {
            String verb = line.length() < 4 ? line : line.substring(0, 4).toUpperCase(java.util.Locale.ROOT);
            boolean goesOn = true;
            switch (verb) {
                case "EHLO" ->
                    goesOn = say(
                            out,
                            answers.at(At.EHLO, ""),
                            pipelining ? "250-sink.example\r\n250-8BITMIME\r\n250 PIPELINING" : "250 sink.example");
                case "MAIL" -> goesOn = say(out, answers.at(At.MAIL, ""), "250 2.1.0 ok");
                case "RCPT" -> {
                    recipient = line.substring(line.indexOf('<') + 1, line.lastIndexOf('>'));
                    String answer = answers.at(At.RCPT, recipient);
                    recipients = answer == null;
                    goesOn = say(out, answer, "250 2.1.5 ok");
                }
                case "DATA" -> {
                    String answer = recipients ? answers.at(At.DATA, recipient) : "554 5.5.1 no valid recipients";
                    goesOn = say(out, answer, "354 go ahead");
                    if (goesOn && answer == null) {
                        goesOn = text(in, out, recipient);
                    }
                }
                case "RSET", "NOOP" -> goesOn = say(out, null, "250 2.0.0 ok");
                case "QUIT" -> {
                    say(out, answers.at(At.QUIT, ""), "221 2.0.0 bye");
                    goesOn = false;
                }
                default -> goesOn = say(out, null, "500 5.5.2 what");
            }
            if (!goesOn) {
                return;
            }
            line = line(in);
        }
    }

    private boolean text(InputStream in, OutputStream out, String recipient) throws IOException {
        if (DROP.equals(answers.at(At.BODY, recipient))) {
            in.skip(BODY_SOME);
            return false;
        }
        byte[] message = data(in);
        if (message == null) {
            return false;
        }
        String answer = answers.at(At.DOT, recipient);
        if (answer == null || answer.equals(DROP)) {
            count.incrementAndGet();
            newest = message;
            if (keeps) {
                taken.add(new Taken(messageId(message), recipient));
                messages.add(message);
            }
        }
        return say(out, answer, "250 2.0.0 taken") && !DROP.equals(answers.at(At.REPLIED, recipient));
    }

    /** Up to the lone dot, or null when the client broke off before. */
    private static byte[] data(InputStream in) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream(48 * 1024);
        int column = 0;
        boolean dotted = false;
        int octet = in.read();
        while (octet >= 0) {
            if (column == 0 && octet == '.') {
                dotted = true;
                column = 1;
            } else if (dotted && column == 1 && octet == '\r') {
                in.read();
                return text.toByteArray();
            } else {
                dotted = false;
                text.write(octet);
                column = octet == '\n' ? 0 : 2;
            }
            octet = in.read();
        }
        return null;
    }

    private static String messageId(byte[] message) {
        String head = new String(message, 0, Math.min(message.length, 4096), StandardCharsets.US_ASCII);
        for (String line : head.split("\r\n")) {
            if (line.regionMatches(true, 0, "Message-ID:", 0, 11)) {
                return line.substring(11).strip();
            }
        }
        return "";
    }

    private static boolean say(OutputStream out, String answer, String usual) throws IOException {
        if (DROP.equals(answer)) {
            return false;
        }
        out.write(((answer == null ? usual : answer) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return answer == null || !answer.startsWith("421");
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int octet = in.read();
        while (octet >= 0 && octet != '\n') {
            if (octet != '\r') {
                line.append((char) octet);
            }
            octet = in.read();
        }
        return octet < 0 ? null : line.toString();
    }

    private static void closed(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that can't be closed", e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        dropAll();
    }
}
