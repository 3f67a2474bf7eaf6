package io.broadsheet.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One round of the built program over many sources that are all out to exhaust it, with the heap that the whole program is promised to need. */
@Tag("whole")
class HostileCollectTest {
    private static final int HEAP_MIB = 256;
    /** Of each document; in full as much as is read of any: 10. */
    private static final int BYTES = Integer.getInteger("broadsheet.hostile-mib", 3) << 20;

    private static final String BEGIN = "<rss version=\"2.0\"><channel><title>x</title><link>https://x.example/</link>";

    @TempDir
    private Path folder;

    @Test
    void whatever_many_sources_serve_at_once_the_program_lives_within_its_memory_and_reads_the_good_one()
            throws Exception {
        Map<String, byte[]> documents = new LinkedHashMap<>();
        documents.put("feed/tags", filled(BEGIN + "<item><description>", "<b>"));
        documents.put("feed/items", filled(BEGIN, "<item><title>A</title><guid>%d</guid></item>"));
        documents.put("feed/empty-items", filled(BEGIN, "<item/>"));
        documents.put("feed/ampersands", filled(BEGIN + "<item><title>", "&"));
        documents.put("feed/entities", filled(BEGIN + "<item><title>", "&amp;"));
        documents.put("feed/attributes", filled(BEGIN + "<item ", "a%d=\"1\" "));
        documents.put("feed/namespaces", filled("<rss ", "xmlns:a%d=\"b\" "));
        documents.put("feed/open", filled(BEGIN, "<"));
        documents.put("feed/cdata", filled(BEGIN + "<item><description>", "<![CDATA[x]]>"));
        documents.put("feed/escaped", filled(BEGIN + "<item><description>", "&lt;p&gt;"));
        documents.put(
                "feed/json",
                filled("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":[", "{\"id\":\"%d\"},"));
        documents.put("feed/json-deep", filled("{\"version\":\"https://jsonfeed.org/version/1.1\",\"items\":", "["));
        documents.put("page/tags", filled("<html><body>", "<div>"));
        documents.put("page/links", filled("<html><body><ul>", "<li><a href=\"/n/%d\">A</a></li>"));
        documents.put("sitemap/urls", filled("<urlset>", "<url><loc>https://x.example/n/%d</loc></url>"));
        documents.put("sitemap/open", filled("<urlset>", "<url>"));
        byte[] bomb = packed(1L << 30);
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath().substring(1);
            byte[] body = documents.getOrDefault(path, new byte[0]);
            if (path.endsWith("bomb")) {
                body = bomb;
                exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            } else if (path.endsWith("good")) {
                body = (BEGIN + "<item><title>Harbour bridge reopens</title><guid>1</guid></item></channel></rss>")
                        .getBytes(StandardCharsets.UTF_8);
            }
            boolean found = body.length > 0;
            exchange.getResponseHeaders()
                    .set("Content-Type", path.startsWith("page") ? "text/html" : "application/xml");
            exchange.sendResponseHeaders(found ? 200 : 404, found ? body.length : -1);
            // A client that has had enough hangs up; that is its right.
            try (exchange;
                    OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            } catch (IOException hungUp) {
                exchange.close();
            }
        });
        server.start();
        try {
            int port = server.getAddress().getPort();
            documents.put("feed/bomb", bomb);
            documents.put("feed/good", bomb);
            InstalledHome home = new InstalledHome(folder);
            home.write("config/broadsheet.yml", """
                    site: { title: Example Newsroom, url: "https://news.example.org" }
                    fetch: { allow-private: ["127.0.0.1/32"], ports: [%d], timeout: 60s }
                    """.formatted(port));
            StringBuilder sources = new StringBuilder();
            for (String path : documents.keySet()) {
                sources.append("- { name: %s, kind: %s, url: \"http://127.0.0.1:%d/%s\" }%n"
                        .formatted(path.replace('/', '-'), path.substring(0, path.indexOf('/')), port, path));
            }
            home.write("config/sources.yml", sources.toString());
            home.write("config/feeds.yml", "- { name: news, title: All news }\n");

            InstalledHome.Ended ended = home.runWithin(HEAP_MIB, "collect", "--json");

            List<?> reports = (List<?>) ended.json().get("sources");
            assertThat(reports).hasSize(documents.size());
            assertThat(ended.err()).doesNotContain("OutOfMemory", "StackOverflow");
            assertThat(reports)
                    .as("nothing failed by an error of ours")
                    .noneMatch(report ->
                            String.valueOf(((Map<?, ?>) report).get("error")).contains("the log has the details"));
            assertThat(reports)
                    .filteredOn(report -> "feed-good".equals(((Map<?, ?>) report).get("name")))
                    .singleElement()
                    .satisfies(good -> assertThat(((Map<?, ?>) good).get("new")).isEqualTo(1));
        } finally {
            server.stop(0);
            threads.shutdownNow();
        }
    }

    /** Up to the most that is read of a document, and a little more. */
    private static byte[] filled(String begin, String piece) {
        StringBuilder text = new StringBuilder(BYTES + 1_000).append(begin);
        boolean numbered = piece.contains("%d");
        String[] parts = piece.split("%d", -1);
        for (int number = 0; text.length() < BYTES + 100; number++) {
            if (numbered) {
                text.append(parts[0]).append(number).append(parts[1]);
            } else {
                text.append(piece);
            }
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] packed(long bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        byte[] chunk = "<b>".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write((BEGIN + "<item><description>").getBytes(StandardCharsets.UTF_8));
            for (long written = 0; written < bytes; written += chunk.length) {
                out.write(chunk);
            }
        }
        return packed.toByteArray();
    }
}
