package io.broadsheet.doctor;

import io.broadsheet.config.Settings.Security;
import io.broadsheet.config.Settings.Smtp;
import io.broadsheet.log.Safe;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Connects to a mail server as far as TLS, and says goodbye: no login, no message. */
final class MailServerLook {
    private static final String RULE = "tls";
    private static final int CONNECT_MS = 10_000;
    private static final int READ_MS = 15_000;
    private static final int LINES_MAX = 100;

    private final String ourName;

    /** @param ourName what EHLO says of us */
    MailServerLook(String ourName) {
        this.ourName = ourName;
    }

    Finding look(Smtp smtp) {
        String about = smtp.host() + ":" + smtp.port();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(smtp.host(), smtp.port()), CONNECT_MS);
            socket.setSoTimeout(READ_MS);
            if (smtp.security() == Security.TLS) {
                return secured(about, socket, smtp);
            }
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            reply(in);
            List<String> offers = ask(socket, in, "EHLO " + ourName);
            boolean startTls = offers.stream()
                    .anyMatch(line -> line.toUpperCase(Locale.ROOT).matches("250[- ]STARTTLS"));
            if (smtp.security() == Security.STARTTLS) {
                return startTls && ask(socket, in, "STARTTLS").get(0).startsWith("220")
                        ? secured(about, socket, smtp)
                        : Finding.fail(
                                RULE,
                                about,
                                "it offers no STARTTLS, so nothing is sent",
                                "see its documentation; 'tls' on port 465 may be what it has",
                                Finding.ALL);
            }
            return plain(about, smtp.host(), startTls);
        } catch (IOException e) {
            return Finding.fail(
                    RULE,
                    about,
                    "can't be reached: " + Safe.text(String.valueOf(e.getMessage())),
                    "see that it runs, and mail.smtp or config/senders.yml",
                    Finding.ALL);
        }
    }

    private static Finding plain(String about, String host, boolean startTls) throws UnknownHostException {
        if (InetAddress.getByName(host).isLoopbackAddress()) {
            return Finding.unseen(
                    RULE,
                    about,
                    "on this machine, where TLS is not needed; whether it sends on by TLS is its own business",
                    "with Postfix, set smtp_tls_security_level = may",
                    Finding.ALL);
        }
        return Finding.fail(
                RULE,
                about,
                startTls ? "mail and password go in the clear, though it offers STARTTLS" : "mail goes in the clear",
                startTls ? "set security: starttls" : "use a server that offers TLS, or one on this machine",
                Finding.ALL);
    }

    private static Finding secured(String about, Socket plain, Smtp smtp) throws IOException {
        SSLSocketFactory sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
        try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, smtp.host(), smtp.port(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return Finding.pass(
                    RULE, about, socket.getSession().getProtocol() + ", certificate and name are right", Finding.ALL);
        } catch (SSLException e) {
            return Finding.fail(
                    RULE,
                    about,
                    "TLS fails: " + Safe.text(String.valueOf(e.getMessage())),
                    "name the host as its certificate does, and see that the certificate is in date",
                    Finding.ALL);
        }
    }

    private static List<String> ask(Socket socket, BufferedReader in, String command) throws IOException {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return reply(in);
    }

    private static List<String> reply(BufferedReader in) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = "";
        while (lines.size() < LINES_MAX && (lines.isEmpty() || (line.length() > 3 && line.charAt(3) == '-'))) {
            String read = in.readLine();
            if (read == null) {
                throw new IOException("it closed the connection");
            }
            line = read;
            lines.add(line);
        }
        return lines;
    }
}
