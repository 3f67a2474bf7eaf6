package io.broadsheet.article;

import io.broadsheet.source.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Labelled sightings: in which round which source shows what, and which story it is. Each case has sources of its own, so that one can't spoil
 * another; the same seed makes the same.
 */
final class IdentityGenerator {
    /** One entry, shown in one round. */
    record Shown(String kind, String source, Entry entry, String story) {}

    private final Prose prose;
    private final TreeMap<Integer, List<Shown>> rounds = new TreeMap<>();
    private String kind = "";
    private int cases;

    IdentityGenerator(long seed) {
        this.prose = new Prose(seed);
        known(12);
        text(12);
        apart(12);
    }

    List<List<Shown>> rounds() {
        return List.copyOf(rounds.values());
    }

    private void each(int count, String name, Consumer<String> one) {
        kind = name;
        for (int at = 0; at < count; at++) {
            one.accept("c" + cases++);
        }
    }

    private void show(int round, String source, String story, SomeEntry entry) {
        rounds.computeIfAbsent(round, none -> new ArrayList<>()).add(new Shown(kind, source, entry.build(), story));
    }

    private String page(String id) {
        return "https://" + id + ".example/news/" + prose.word() + "-" + prose.word();
    }

    private static SomeEntry entry(String title, List<String> text, String guid, String url) {
        return SomeEntry.entry(title).text(Prose.html(text)).guid(guid).url(url);
    }

    /** What keys tell. */
    private void known(int count) {
        each(count, "guid changed", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            String url = page(id);
            show(0, id, id, entry(title, text, id + "-1", url));
            show(1, id, id, entry(title, text, id + "-2", url));
            show(2, id, id, entry(title, prose.corrected(text), id + "-3", url));
        });
        each(count, "slug edited", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            show(0, id, id, entry(title, text, id, page(id)));
            show(1, id, id, entry(prose.title(), text, id, page(id)));
        });
        each(count, "scheme and host moved", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            String slug = "." + "example/news/" + prose.word();
            show(0, id, id, entry(title, text, "http://www." + id + slug, "http://www." + id + slug));
            show(1, id, id, entry(title, text, "https://" + id + slug + "/", "https://" + id + slug + "/"));
        });
        each(count, "tracking parameters and a mobile twin", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            String url = page(id);
            show(0, id, id, entry(title, text, id, url + "?utm_source=rss&utm_medium=feed"));
            show(1, id + "m", id, entry(title, text, id + "m", url.replace("https://", "https://m.") + "?fbclid=x"));
            show(2, id + "a", id, entry(title, text, id + "a", url + "/amp"));
        });
        each(count, "dated anew", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            String url = page(id);
            show(0, id, id, entry(title, text, id, url).published("2026-11-20T08:00:00Z"));
            show(1, id, id, entry(title, text, id, url).published("2026-11-24T08:00:00Z"));
        });
        each(count, "live blog that grows", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            String url = page(id);
            for (int round = 0; round < 4; round++) {
                show(round, id, id, entry(title, text, id, url));
                List<String> more = new ArrayList<>(prose.paragraphs());
                more.addAll(text);
                text = more;
            }
        });
    }

    /** What only the text tells. */
    private void text(int count) {
        each(count, "dated, guid and slug anew", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            show(0, id, id, entry(title, text, id + "-1", page(id)).published("2026-11-20T08:00:00Z"));
            show(1, id, id, entry(title, text, id + "-2", page(id)).published("2026-11-24T08:00:00Z"));
        });
        each(count, "corrected, guid and slug anew", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            show(0, id, id, entry(title, text, id + "-1", page(id)));
            show(1, id, id, entry(title, prose.corrected(text), id + "-2", page(id)));
        });
        each(count, "appended update, guid and slug anew", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            List<String> longer = new ArrayList<>(text);
            longer.add("Update. " + prose.sentence());
            show(0, id, id, entry(title, text, id + "-1", page(id)));
            show(1, id, id, entry(title + " again", longer, id + "-2", page(id)));
        });
        each(count, "copy with another first paragraph", id -> {
            List<String> text = prose.paragraphs();
            List<String> copy = new ArrayList<>(text);
            copy.set(0, prose.sentence());
            show(0, id, id, entry(prose.title(), text, id, page(id)));
            show(1, id + "b", id, entry(prose.title(), copy, id + "b", page(id + "b")));
        });
        each(count, "syndicated with furniture", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            List<String> copy = new ArrayList<>(text);
            copy.add(0, "Share on Example");
            copy.add("1,234 views");
            copy.add("The post " + title + " appeared first on Example.");
            show(0, id, id, entry(title, text, id, page(id)));
            show(1, id + "b", id, entry(title, copy, id + "b", page(id + "b")));
            show(2, id + "c", id, entry(title, prose.corrected(text), id + "c", page(id + "c")));
        });
        each(count, "summary before the full text", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            show(0, id, id, entry(title, text, id, page(id)).text(Prose.cut(text, 55)));
            show(1, id + "b", id, entry(title, text, id + "b", page(id + "b")));
        });
        each(count, "summary after the full text", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            show(0, id, id, entry(title, text, id, page(id)));
            show(1, id + "b", id, entry(title, text, id + "b", page(id + "b")).text(Prose.cut(text, 55)));
        });
        each(count, "without spaces between words", id -> {
            String title = prose.han(12);
            String text = prose.han(300);
            show(0, id, id, entry(title, List.of(text), id, page(id)));
            show(1, id + "b", id, entry(title, List.of(text + prose.han(20)), id + "b", page(id + "b")));
        });
    }

    /** What looks alike and is not one story. */
    private void apart(int count) {
        each(count, "translation", id -> {
            String name = prose.name();
            String pictures = page(id);
            show(0, id, id + "en", entry(name + " " + prose.title(), prose.paragraphs(), id + "en", pictures + "/en"));
            show(1, id, id + "de", entry(name + " " + prose.title(), prose.paragraphs(), id + "de", pictures + "/de"));
        });
        each(count, "weekly bulletin with one title", id -> {
            String title = "Weekly bulletin of " + prose.name();
            List<String> frame = prose.paragraphs();
            for (int week = 0; week < 4; week++) {
                List<String> text = new ArrayList<>(frame);
                text.set(1, prose.paragraph());
                text.set(3, prose.paragraph());
                show(week, id, id + "w" + week, entry(title, text, id + week, page(id)));
            }
        });
        each(count, "road closure", id -> {
            for (int week = 0; week < 4; week++) {
                show(week, id, id + "w" + week, entry("Road closure", closure(), id + week, page(id)));
            }
        });
        each(count, "road closure of two towns", id -> {
            show(0, id, id + "w0", entry("Road closure", closure(), id, page(id)));
            show(1, id + "b", id + "w1", entry("Road closure", closure(), id + "b", page(id + "b")));
        });
        each(count, "contract notice", id -> {
            for (int day = 0; day < 4; day++) {
                show(day, id, id + "d" + day, entry("Contracts for the day", contract(), id + day, page(id)));
            }
        });
        each(count, "live blogs of several days", id -> {
            for (int day = 0; day < 3; day++) {
                show(day, id, id + day, entry("Live: the hearing", prose.paragraphs(), id + day, page(id)));
            }
        });
        each(count, "correction that is a story", id -> {
            String title = prose.title();
            List<String> text = prose.paragraphs();
            List<String> correction = new ArrayList<>(text);
            correction.add(0, "An earlier report gave a wrong figure.");
            show(0, id, id, entry(title, text, id, page(id)));
            show(1, id, id + "c", entry("Correction: " + title, correction, id + "c", page(id)));
        });
        each(count, "parts of a series", id -> {
            String title = prose.title();
            List<String> frame = prose.paragraphs();
            for (int part = 1; part <= 6; part++) {
                List<String> text = new ArrayList<>(frame.subList(0, 2));
                text.addAll(prose.paragraphs());
                show(part % 3, id, id + "p" + part, entry(title + ", part " + part, text, id + part, page(id)));
            }
        });
        each(count, "page used again", id -> {
            String url = page(id);
            for (int week = 0; week < 3; week++) {
                show(week, id, id + "w" + week, entry("This week", prose.paragraphs(), id, url));
            }
        });
        each(count, "short texts", id -> {
            show(0, id, id + "1", entry("Office closed", List.of("The office is closed today."), id + "1", page(id)));
            show(1, id, id + "2", entry("Office closed", List.of("The office is closed today."), id + "2", page(id)));
            show(
                    1,
                    id + "b",
                    id + "3",
                    entry("Office closed", List.of("The office is closed today."), id, page(id + "b")));
        });
        each(count, "side by side from one template", id -> {
            List<String> text = prose.paragraphs();
            show(0, id, id + "1", entry(prose.title(), text, id + "1", page(id)));
            show(0, id, id + "2", entry(prose.title(), text, id + "2", page(id)));
        });
    }

    private List<String> closure() {
        return List.of(
                "Drivers are told that " + prose.name() + " Street between " + prose.name() + " Road and "
                        + prose.name()
                        + " Avenue will be closed from " + prose.number(1, 28) + " to " + prose.number(1, 28)
                        + " of the month for work on the water main. Detours are signed.",
                "Residents reach their homes at all times. Buses of line " + prose.number(10, 99) + " stop at "
                        + prose.name()
                        + " Square instead. Shops along the street stay open, and parking is free of charge"
                        + " in the lots nearby while the work goes on. The crews work in two shifts so that the street can be"
                        + " opened again as early as the weather allows.",
                "Questions are answered at the works office on weekdays between eight and four. The city thanks all who live"
                        + " and work there for their patience, and asks drivers to slow down near the crews.");
    }

    private List<String> contract() {
        return List.of(
                prose.name() + " " + prose.name() + " Company, " + prose.name() + ", was awarded a "
                        + prose.number(1_000_000, 90_000_000) + " dollar firm fixed price contract for " + prose.word()
                        + " "
                        + prose.word() + " and " + prose.word() + ". Work will be performed in " + prose.name()
                        + " and is expected to be completed by " + prose.number(2027, 2036) + ".",
                "Bids were solicited by the internet with " + prose.number(2, 40)
                        + " received. Funds of the fiscal year in the"
                        + " amount of " + prose.number(100_000, 9_000_000)
                        + " dollars were obligated at the time of the award."
                        + " The contracting activity is the command at " + prose.name() + ", number "
                        + prose.number(10_000, 99_999) + ".");
    }
}
