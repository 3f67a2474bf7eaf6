package io.broadsheet.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * The lines right above and below a page's headline, as a reader sees them.
 *
 * @param above the nearest last
 * @param below in order, down to the first paragraph of the text, which is not among them
 */
record HeadLines(List<String> above, List<String> below) {
    private static final int ABOVE = 2;
    private static final int BELOW_MAX = 10;

    /** A longer line is a paragraph, after which nobody tells who wrote it. */
    private static final int LINE_MAX = 160;

    /** @param title as it was found; a line that says the same is the headline, if no heading is known */
    static HeadLines of(Element body, @Nullable Element heading, String title) {
        Reader reader = new Reader(heading, PageTitle.key(title));
        reader.read(body);
        reader.end();
        return new HeadLines(List.copyOf(reader.above), reader.found ? List.copyOf(reader.below) : List.of());
    }

    /** Reads block after block until it has seen enough. */
    private static final class Reader {
        private final @Nullable Element heading;
        private final String titleKey;
        private final Deque<String> above = new ArrayDeque<>();
        private final List<String> below = new ArrayList<>();
        private final StringBuilder line = new StringBuilder();
        private boolean inHeading;
        private boolean found;
        private boolean done;

        Reader(@Nullable Element heading, String titleKey) {
            this.heading = heading;
            this.titleKey = titleKey;
        }

        /** Recursive, which the parser's limit of depth makes safe. */
        void read(Element element) {
            for (Node node : element.childNodes()) {
                if (done) {
                    return;
                }
                if (node instanceof TextNode text) {
                    if (line.length() < 4 * LINE_MAX) {
                        line.append(text.getWholeText());
                    }
                } else if (node instanceof Element child && !Hints.isSilent(child) && !child.nameIs("nav")) {
                    boolean parts = child.isBlock() || child.nameIs("br") || child.nameIs("li");
                    if (parts) {
                        end();
                    }
                    boolean isHeading = child.equals(heading);
                    inHeading |= isHeading;
                    read(child);
                    if (parts) {
                        end();
                    }
                    inHeading &= !isHeading;
                }
            }
        }

        void end() {
            String text = line.toString().replaceAll("[\\s\\u00A0]+", " ").strip();
            line.setLength(0);
            if (text.isEmpty() || done) {
                return;
            }
            boolean headline = heading == null ? PageTitle.key(text).equals(titleKey) : inHeading;
            if (headline) {
                found = true;
                below.clear();
            } else if (!found) {
                above.addLast(text);
                if (above.size() > ABOVE) {
                    above.removeFirst();
                }
            } else {
                done = below.size() >= BELOW_MAX || text.length() > LINE_MAX;
                if (!done) {
                    below.add(text);
                }
            }
        }
    }
}
