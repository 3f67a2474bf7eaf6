package io.broadsheet.feedback.listener;

import io.broadsheet.config.FeedbackDoors.ListenerProtocol;
import io.broadsheet.feedback.MailBack;
import io.broadsheet.feedback.listener.Command.Path;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said on one connection (RFC 5321, RFC 2033). Pipelining needs nothing of its own: replies go out in the order of the commands. Used by one
 * thread.
 */
final class Conversation {
    private static final String VIA = "listener";

    private final MailServer server;
    private final Limits limits;
    private final Lines lines;
    private final OutputStream out;
    private boolean greeted;
    private @Nullable String from;
    private final List<String> recipients = new ArrayList<>();
    private int errors;

    Conversation(MailServer server, Limits limits, Socket socket) throws IOException {
        this.server = server;
        this.limits = limits;
        this.lines = new Lines(socket);
        this.out = socket.getOutputStream();
    }

    void hold() throws IOException {
        reply("220 " + server.name() + (isLmtp() ? " LMTP" : " ESMTP") + " Broadsheet, for what comes back");
        try {
            for (int commands = 0; commands < limits.commands(); commands++) {
                if (server.isStopping()) {
                    break;
                }
                lines.within(limits.command());
                if (!answer(lines.next(limits.commandOctets()))) {
                    return;
                }
                if (errors >= limits.errors()) {
                    reply("421 4.7.0 too many errors, goodbye");
                    return;
                }
            }
            reply(server.isStopping() ? "421 4.3.2 stopping, try again later" : "421 4.7.0 too many commands, goodbye");
        } catch (SocketTimeoutException e) {
            reply("421 4.4.2 nothing came in time, goodbye");
        }
    }

    private boolean isLmtp() {
        return server.protocol() == ListenerProtocol.LMTP;
    }

    /** Whether the conversation goes on. */
    private boolean answer(Line line) throws IOException {
        return switch (line.kind()) {
            case TEXT -> obey(Command.of(line.octets()));
            case LONG -> refuse("500 5.5.2 the line is over " + limits.commandOctets() + " octets");
            case ENDLESS -> end("521 5.5.2 the line has no end");
            case STRAY -> end("521 5.5.2 a line ends in CR LF, and neither stands alone");
            case GONE -> server.isStopping() && end("421 4.3.2 stopping, try again later");
        };
    }

    private boolean obey(Command command) throws IOException {
        return switch (command.verb()) {
            case "LHLO" -> greet(command, isLmtp());
            case "EHLO", "HELO" -> greet(command, !isLmtp());
            case "MAIL" -> mail(command);
            case "RCPT" -> recipient(command);
            case "DATA" -> data();
            case "RSET" -> {
                forget();
                yield say("250 2.0.0 forgotten");
            }
            case "NOOP" -> say("250 2.0.0 yes");
            case "VRFY" -> say("252 2.0.0 send it, and you will see");
            case "HELP" -> say("214 2.0.0 RFC 5321, RFC 2033");
            case "QUIT" -> end("221 2.0.0 goodbye");
            // A browser that was talked into speaking to us; the rest of what it says would be commands.
            case "GET", "POST", "PUT", "CONNECT" -> end("521 5.5.1 this is no web server");
            default -> refuse("500 5.5.1 unknown command");
        };
    }

    private boolean greet(Command command, boolean known) throws IOException {
        if (!known) {
            return refuse("500 5.5.1 this is " + (isLmtp() ? "LMTP; say LHLO" : "SMTP; say EHLO"));
        }
        if (command.rest().isEmpty()) {
            return refuse("501 5.5.4 say who you are");
        }
        forget();
        greeted = true;
        if (command.verb().equals("HELO")) {
            return say("250 " + server.name());
        }
        return say(
                "250-" + server.name(),
                "250-PIPELINING",
                "250-8BITMIME",
                "250-SMTPUTF8",
                "250-ENHANCEDSTATUSCODES",
                "250 SIZE " + limits.mailOctets());
    }

    private boolean mail(Command command) throws IOException {
        if (!greeted || from != null) {
            return refuse(greeted ? "503 5.5.1 one mail at a time" : "503 5.5.1 say hello first");
        }
        Path path = command.path("FROM");
        if (path == null) {
            return refuse("501 5.5.4 write MAIL FROM:<address>");
        }
        for (String parameter : path.parameters()) {
            if (parameter.matches("SIZE=[0-9]{1,18}")) {
                if (Long.parseLong(parameter.substring("SIZE=".length())) > limits.mailOctets()) {
                    return refuse("552 5.3.4 over " + limits.mailOctets() + " octets");
                }
            } else if (!parameter.matches("BODY=(7BIT|8BITMIME)|SMTPUTF8")) {
                return refuse("555 5.5.4 a parameter that was not offered");
            }
        }
        from = path.mailbox();
        return say("250 2.1.0 go on");
    }

    private boolean recipient(Command command) throws IOException {
        if (from == null) {
            return refuse("503 5.5.1 say MAIL first");
        }
        Path path = command.path("TO");
        if (path == null || path.mailbox().isEmpty()) {
            return refuse("501 5.1.3 write RCPT TO:<address>");
        }
        if (!path.parameters().isEmpty()) {
            return refuse("555 5.5.4 a parameter that was not offered");
        }
        if (recipients.size() >= limits.recipients()) {
            return say("452 4.5.3 no more than " + limits.recipients() + " recipients at once");
        }
        if (!server.isOurs(path.mailbox())) {
            return refuse("550 5.7.1 this server takes nothing for that address");
        }
        recipients.add(path.mailbox());
        return say("250 2.1.5 go on");
    }

    private boolean data() throws IOException {
        if (recipients.isEmpty()) {
            return refuse(from == null ? "503 5.5.1 say MAIL first" : "503 5.5.1 no recipient was taken");
        }
        if (lines.isAhead()) {
            // DATA ends a group of commands (RFC 2920 §3.1): who doesn't wait for 354 is not talking to us.
            return end("521 5.5.0 wait for the answer to DATA");
        }
        reply("354 end it with a dot on a line of its own");
        lines.within(limits.mail());
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        @Nullable String fault = null;
        for (long octets = 0; ; ) {
            Line line = lines.next(limits.lineOctets());
            switch (line.kind()) {
                case TEXT -> {
                    if (line.octets().length == 1 && line.octets()[0] == '.') {
                        return done(mail.toByteArray(), fault);
                    }
                    octets += line.octets().length + 2;
                    keep(mail, line.octets());
                }
                case LONG -> {
                    octets += limits.lineOctets();
                    fault = "554 5.6.0 a line is over " + limits.lineOctets() + " octets";
                }
                case ENDLESS, STRAY, GONE -> {
                    return answer(line);
                }
            }
            if (octets > limits.mailOctets()) {
                fault = "552 5.3.4 over " + limits.mailOctets() + " octets";
            }
            if (octets > 2 * limits.mailOctets()) {
                return end("521 5.3.4 far over " + limits.mailOctets() + " octets");
            }
        }
    }

    /** A dot at a line's beginning was put there for the wire (RFC 5321 §4.5.2). */
    private static void keep(ByteArrayOutputStream mail, byte[] line) {
        int skip = line.length > 0 && line[0] == '.' ? 1 : 0;
        if (mail.size() < MailBack.BYTES_MAX) {
            mail.write(line, skip, line.length - skip);
            mail.write('\r');
            mail.write('\n');
        }
    }

    /** SMTP answers once for all recipients, LMTP for each (RFC 2033 §4.2). */
    private boolean done(byte[] mail, @Nullable String fault) throws IOException {
        List<String> replies = new ArrayList<>();
        for (String recipient : recipients) {
            boolean taken = fault == null && server.take(new MailBack(mail, recipient, VIA));
            String refused = fault == null ? "451 4.3.0 can't be kept right now, try again later" : fault;
            replies.add(taken ? "250 2.0.0 taken" : refused);
        }
        forget();
        if (isLmtp()) {
            return say(replies.toArray(String[]::new));
        }
        return say(replies.stream()
                .filter(reply -> !reply.startsWith("250"))
                .findFirst()
                .orElse("250 2.0.0 taken"));
    }

    private void forget() {
        from = null;
        recipients.clear();
    }

    private boolean say(String... replies) throws IOException {
        reply(replies);
        return true;
    }

    private boolean refuse(String reply) throws IOException {
        errors++;
        return say(reply);
    }

    private boolean end(String reply) throws IOException {
        reply(reply);
        return false;
    }

    private void reply(String... replies) throws IOException {
        out.write((String.join("\r\n", replies) + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }
}
