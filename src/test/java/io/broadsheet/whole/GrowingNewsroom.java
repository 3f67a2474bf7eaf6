package io.broadsheet.whole;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A newsroom whose RSS has a few more articles at every visit, up to a most; and says "not modified" to nobody, so that each visit reads it all. */
final class GrowingNewsroom implements AutoCloseable {
    private final HttpServer server;
    private final int step;
    private final int most;
    private final AtomicInteger articles = new AtomicInteger();

    GrowingNewsroom(int step, int most) throws IOException {
        this.step = step;
        this.most = most;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/rss.xml", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/rss.xml";
    }

    int articles() {
        return articles.get();
    }

    boolean isComplete() {
        return articles.get() >= most;
    }

    static String headline(int number) {
        return "Release number " + number + " about the harbour";
    }

    private void answer(HttpExchange exchange) throws IOException {
        int now = articles.updateAndGet(before -> Math.min(most, before + step));
        StringBuilder rss = new StringBuilder("<rss version='2.0'><channel><title>Harbour</title>")
                .append("<link>https://harbour.example.org/</link><description>News</description>");
        for (int number = now; number >= 1; number--) {
            rss.append("<item><guid isPermaLink='false'>release-")
                    .append(number)
                    .append("</guid><title>")
                    .append(headline(number))
                    .append("</title><link>https://harbour.example.org/news/")
                    .append(number)
                    .append("</link><description>The text of release ")
                    .append(number)
                    .append(".</description></item>");
        }
        byte[] body = rss.append("</channel></rss>").toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/rss+xml; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
