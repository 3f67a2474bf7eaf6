package io.broadsheet.source;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Pages a second on one core, in CPU time of one thread: the pages of the tests, each with the scripts, styles and menus around it that pages carry,
 * so that a page has about 150 KB. The first round warms up; the lowest, the median and the highest are printed. Arguments: rounds, KB a page.
 */
final class PageBench {
    private static final Path FOLDER = Path.of("src/test/resources/io/broadsheet/source/pages");
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PageBench() {}

    public static void main(String[] args) throws IOException {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
        int bytes = 1024 * (args.length > 1 ? Integer.parseInt(args[1]) : 150);
        List<byte[]> pages = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".html"))
                    .sorted()
                    .toList()) {
                String page = Files.readString(file, StandardCharsets.ISO_8859_1);
                pages.add(padded(page, bytes).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        PageParser parser = new PageParser();
        List<Double> rates = new ArrayList<>();
        long entries = 0;
        for (int round = 0; round <= rounds; round++) {
            long began = THREADS.getCurrentThreadCpuTime();
            for (byte[] page : pages) {
                Raw raw = new Raw("page", page, null, "https://www.example.org/news/1", false, ZoneOffset.UTC);
                entries += parser.parse(raw).entries().size();
            }
            double seconds = (THREADS.getCurrentThreadCpuTime() - began) / 1e9;
            if (round > 0) {
                rates.add(pages.size() / seconds);
            }
        }
        rates.sort(null);
        System.out.printf(
                Locale.ROOT,
                "%d pages of %d KB: %.0f pages/s (%.0f to %.0f), %d stories%n",
                pages.size(),
                bytes / 1024,
                rates.get(rates.size() / 2),
                rates.get(0),
                rates.get(rates.size() - 1),
                entries);
    }

    /** Half of what is added is script and style, half menus and boxes of links. */
    private static String padded(String page, int bytes) {
        StringBuilder more = new StringBuilder();
        for (int box = 0; page.length() + more.length() < bytes; box++) {
            more.append("<script>window.queue=window.queue||[];window.queue.push({id:")
                    .append(box)
                    .append(
                            ",\"slots\":[[300,250],[728,90]],\"on\":function(){return document.querySelector('a.x>b')}});"
                                    .repeat(3))
                    .append("</script>\n<div class=\"menu-group m")
                    .append(box)
                    .append("\"><ul class=\"links\">")
                    .append(
                            "<li class=\"link\"><a class=\"a b c\" href=\"/section/page.html\"><span>A place to go</span></a></li>\n"
                                    .repeat(3))
                    .append("</ul></div>\n");
        }
        int end = page.lastIndexOf("</body>");
        return end < 0 ? page + more : page.substring(0, end) + more + page.substring(end);
    }
}
