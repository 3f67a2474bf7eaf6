package io.broadsheet.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sandbox's inbox in a browser: a list of mails, and each as HTML, text and source. A mail's HTML runs nothing and loads nothing. */
final class InboxPages implements AutoCloseable {
    private static final Pattern MAIL = Pattern.compile("/mail/([0-9]{1,6})(/html|/source)?");
    private static final String PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'";
    private static final String MAIL_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups allow-popups-to-escape-sandbox";

    private final HttpServer server;
    private final Mailboxes mailboxes;

    private InboxPages(HttpServer server, Mailboxes mailboxes) {
        this.server = server;
        this.mailboxes = mailboxes;
    }

    static InboxPages open(Mailboxes mailboxes) {
        try {
            InboxPages pages = new InboxPages(
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0), mailboxes);
            pages.server.createContext("/", pages::answer);
            pages.server.start();
            return pages;
        } catch (IOException e) {
            throw new OutsideError("no loopback port can be opened for the sandbox inbox", true, e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            List<Mail> mails = mailboxes.all();
            Matcher asked = MAIL.matcher(path);
            boolean known = asked.matches() && Integer.parseInt(asked.group(1)) < mails.size();
            if (path.equals("/")) {
                send(exchange, 200, "text/html", PAGE_POLICY, list(mails));
            } else if (!known) {
                send(exchange, 404, "text/html", PAGE_POLICY, page("Not here", "<p><a href=\"/\">All mails</a></p>"));
            } else {
                show(
                        exchange,
                        Integer.parseInt(asked.group(1)),
                        mails.get(Integer.parseInt(asked.group(1))),
                        asked.group(2));
            }
        }
    }

    private static void show(HttpExchange exchange, int number, Mail mail, String what) throws IOException {
        if (what == null) {
            send(exchange, 200, "text/html", PAGE_POLICY, one(number, mail));
        } else if (what.equals("/html")) {
            // Links open beside the inbox, not in the frame that may run nothing.
            send(
                    exchange,
                    200,
                    "text/html",
                    MAIL_POLICY,
                    mail.html().replaceFirst("(?i)<head>", "<head><base target=\"_blank\">"));
        } else {
            send(exchange, 200, "text/plain", MAIL_POLICY, mail.source());
        }
    }

    private static String list(List<Mail> mails) {
        StringBuilder rows = new StringBuilder("<table><thead><tr><th>To<th>Subject<th>Sent</thead><tbody>");
        for (int i = mails.size() - 1; i >= 0; i--) {
            Mail mail = mails.get(i);
            rows.append("<tr><td>")
                    .append(escaped(mail.to()))
                    .append("<td><a href=\"/mail/")
                    .append(i)
                    .append("\">");
            rows.append(escaped(mail.subject())).append("</a><td>").append(escaped(mail.sent()));
        }
        rows.append(
                "</tbody></table><p>Newest first; load the page again to see what has come. No mail left this machine.</p>");
        return page("Sandbox inbox", rows.toString());
    }

    private static String one(int number, Mail mail) {
        String body = """
                <p><a href="/">All mails</a> · <a href="/mail/%1$d/source">Source</a></p>
                <dl><dt>To<dd>%2$s<dt>Sent<dd>%3$s<dt>Message-ID<dd>%4$s<dt>List-Unsubscribe<dd>%5$s</dl>
                <h2>HTML</h2>
                <iframe src="/mail/%1$d/html" title="The mail as HTML" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>
                <h2>Text</h2>
                <pre>%6$s</pre>
                """.formatted(
                        number,
                        escaped(mail.to()),
                        escaped(mail.sent()),
                        escaped(mail.messageId()),
                        escaped(mail.unsubscribe()),
                        escaped(mail.text()));
        return page(mail.subject(), body);
    }

    private static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title>
                <style>
                  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
                  body { max-inline-size: 60rem; margin: 2rem auto; padding-inline: 1rem }
                  table { border-collapse: collapse; inline-size: 100%% }
                  th, td { text-align: start; padding: .4rem .8rem .4rem 0; border-block-end: 1px solid #8886 }
                  dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem } dd { margin: 0; overflow-wrap: anywhere }
                  iframe { inline-size: 100%%; block-size: 36rem; border: 1px solid #8886; background: #fff }
                  pre { white-space: pre-wrap; border: 1px solid #8886; padding: 1rem }
                </style></head>
                <body><main><h1>%1$s</h1>
                %2$s
                </main></body></html>
                """.formatted(escaped(title), body);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void send(HttpExchange exchange, int status, String type, String policy, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Content-Security-Policy", policy);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
