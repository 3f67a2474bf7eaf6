package io.broadsheet.source;

import io.broadsheet.time.Stopwatch;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many feeds one core parses a second, whole and damaged, from bytes to sanitised entries: RSS of 20 items with some 3 KB of HTML each. By CPU
 * time of one thread, which stays comparable on a machine that does other things as well. Arguments: feeds a round, rounds.
 */
final class FeedBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String PARAGRAPH =
            "&lt;p&gt;The harbour bridge, &lt;em&gt;closed since spring&lt;/em&gt;, reopens to all traffic on Monday; see &lt;a href=\"/map\"&gt;the map&lt;/a&gt;.&lt;/p&gt;";

    private FeedBench() {}

    public static void main(String[] args) {
        int feeds = args.length > 0 ? Integer.parseInt(args[0]) : 200;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 7;
        String whole = feed();
        measure("whole", whole, feeds, rounds);
        measure("damaged", "Warning: x\n" + whole.replace(" &amp; ", " & ").replace("</guid>", ""), feeds, rounds);
    }

    private static void measure(String name, String text, int feeds, int rounds) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        FeedParser parser = new FeedParser();
        List<Double> rates = new ArrayList<>();
        int entries = 0;
        Stopwatch watch = Stopwatch.start();
        for (int round = 0; round < rounds; round++) {
            long before = THREADS.getCurrentThreadCpuTime();
            for (int feed = 0; feed < feeds; feed++) {
                Raw raw = new Raw("bench", bytes, null, "https://news.example.org/rss", false, ZoneOffset.UTC);
                entries = parser.parse(raw).entries().size();
            }
            rates.add(feeds * 1e9 / (THREADS.getCurrentThreadCpuTime() - before));
        }
        rates.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%s: %d KB, %d entries: median %.0f, best %.0f feeds/s (%s)%n",
                name,
                bytes.length / 1024,
                entries,
                rates.get(rates.size() / 2),
                rates.get(rates.size() - 1),
                watch.ms() + " ms in all");
    }

    private static String feed() {
        StringBuilder feed = new StringBuilder(
                "<rss version=\"2.0\"><channel><title>News</title><link>https://news.example.org/</link>");
        for (int item = 0; item < 20; item++) {
            feed.append("<item><title>Bridge &amp; harbour ")
                    .append(item)
                    .append("</title><link>https://news.example.org/")
                    .append(item)
                    .append("</link><guid>https://news.example.org/")
                    .append(item)
                    .append(
                            "</guid><pubDate>Tue, 04 Mar 2025 10:00:00 GMT</pubDate><category>Bridges</category><description>")
                    .append(PARAGRAPH.repeat(16))
                    .append("</description></item>");
        }
        return feed.append("</channel></rss>").toString();
    }
}
