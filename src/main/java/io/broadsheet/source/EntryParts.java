package io.broadsheet.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdom2.Attribute;
import org.jdom2.Element;
import org.jspecify.annotations.Nullable;

/**
 * What one entry's element holds, by the words of {@link Namespaces#word}: its children, and those of Media RSS's groups and contents, which say
 * of a file what the entry itself may say too. Reads what every dialect can carry: persons, topics, attached files.
 */
final class EntryParts {
    private static final Set<String> GROUPS = Set.of("media:group", "media:content", "itunes:category");
    private static final int GROUPS_DEEP_MAX = 4;
    private static final Pattern PICTURE = Pattern.compile("(?i)[^?#]*\\.(?:jpe?g|png|gif|webp|avif|svg)(?:[?#]|$)");
    private static final List<List<String>> AUTHORS = List.of(
            List.of("author", "atom:author"),
            List.of("dc:creator", "dc:author"),
            List.of("itunes:author", "googleplay:author"),
            List.of("managingeditor"));
    private static final Set<String> LISTS = Set.of("media:keywords", "itunes:keywords", "keywords", "tags");
    private static final Set<String> TOPICS = Set.of(
            "category",
            "atom:category",
            "dc:subject",
            "dcterms:subject",
            "media:category",
            "itunes:category",
            "googleplay:category");

    private final List<Part> parts = new ArrayList<>();

    /** @param home the namespace the document's own names are in */
    EntryParts(Element entry, String home) {
        add(entry, home, 0);
    }

    private void add(Element parent, String home, int deep) {
        for (Element child : parent.getChildren()) {
            String word = Namespaces.word(child, home);
            parts.add(new Part(word, child));
            if (GROUPS.contains(word) && deep < GROUPS_DEEP_MAX) {
                add(child, home, deep + 1);
            }
        }
    }

    private record Part(String word, Element element) {}

    /** All of these words, in the order of the words. */
    Stream<Element> all(String... words) {
        return Arrays.stream(words)
                .flatMap(word ->
                        parts.stream().filter(part -> part.word().equals(word)).map(Part::element));
    }

    /** The first that holds anything, the words asked in their order. */
    @Nullable
    Element first(String... words) {
        return all(words).filter(EntryParts::holdsSomething).findFirst().orElse(null);
    }

    @Nullable
    String text(String... words) {
        Element first = first(words);
        return first == null ? null : first.getText().strip();
    }

    static boolean holdsSomething(Element element) {
        return !element.getChildren().isEmpty() || !element.getText().isBlank();
    }

    /** Who wrote it: of the first kind of element that names somebody; a mere mailbox only where nothing else does. */
    List<String> authors() {
        List<String> mailboxes = List.of();
        for (List<String> words : AUTHORS) {
            List<String> persons = all(words.toArray(String[]::new))
                    .map(EntryParts::person)
                    .filter(name -> !name.isBlank())
                    .toList();
            if (persons.stream().anyMatch(Predicate.not(EntryParts::isMailbox))) {
                return persons;
            }
            mailboxes = mailboxes.isEmpty() ? persons : mailboxes;
        }
        return mailboxes;
    }

    /** Text, or Atom's {@code name} and {@code email} within. */
    static String person(Element element) {
        if (element.getChildren().isEmpty()) {
            return element.getText().strip();
        }
        return Stream.of("name", "title", "email", "mbox")
                .flatMap(name -> Stream.ofNullable(descendant(element, name)))
                .map(each -> each.getText().strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    private static @Nullable Element descendant(Element element, String name) {
        for (Element child : element.getChildren()) {
            Element found = child.getName().equalsIgnoreCase(name) ? child : descendant(child, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isMailbox(String text) {
        return text.indexOf('@') > 0 && text.indexOf(' ') < 0;
    }

    /** What it is about, in document order; lists of keywords taken apart. */
    List<String> topics() {
        List<String> topics = new ArrayList<>();
        for (Part part : parts) {
            if (LISTS.contains(part.word())) {
                Arrays.stream(part.element().getText().split("[,;]"))
                        .map(String::strip)
                        .forEach(topics::add);
            } else if (TOPICS.contains(part.word())) {
                topics.add(topic(part.element()));
            }
        }
        topics.removeIf(String::isEmpty);
        return topics;
    }

    private static String topic(Element element) {
        return Stream.of("label", "term", "text")
                .flatMap(name -> Stream.ofNullable(attribute(element, name)))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElseGet(element::getText)
                .strip();
    }

    /** Attached files, as RSS's {@code enclosure} elements without a namespace; a thumbnail only where there is no picture otherwise. */
    List<Element> files(String base) {
        List<Element> files = new ArrayList<>();
        for (Part part : parts) {
            Element element = part.element();
            boolean link = part.word().equals("link") || part.word().equals("atom:link");
            if (part.word().equals("enclosure") || (link && isEnclosure(element)) || isFile(part.word(), element)) {
                add(file(element, base), files);
            }
        }
        boolean pictured = files.stream().anyMatch(EntryParts::isPicture);
        if (!pictured) {
            all("media:thumbnail", "itunes:image", "googleplay:image")
                    .limit(1)
                    .forEach(element -> add(file(element, base), files));
        }
        return files;
    }

    private static void add(@Nullable Element file, List<Element> files) {
        if (file != null) {
            files.add(file);
        }
    }

    private static boolean isEnclosure(Element link) {
        return "enclosure".equalsIgnoreCase(attribute(link, "rel"));
    }

    private static boolean isFile(String word, Element element) {
        return word.equals("media:content") && attribute(element, "url") != null;
    }

    private static boolean isPicture(Element file) {
        return file.getAttributeValue("type", "").startsWith("image/")
                || PICTURE.matcher(file.getAttributeValue("url", "")).lookingAt();
    }

    private static @Nullable Element file(Element element, String base) {
        String url = Stream.of("url", "href", "uri", "resource")
                .flatMap(name -> Stream.ofNullable(attribute(element, name)))
                .filter(value -> !value.isBlank())
                .findFirst()
                .orElseGet(element::getText)
                .strip();
        if (url.isEmpty()) {
            return null;
        }
        Element file =
                new Element("enclosure").setAttribute("url", FeedTree.resolve(FeedTree.base(element, base), url));
        String type = attribute(element, "type");
        String length = attribute(element, "length");
        String size = length == null ? attribute(element, "filesize") : length;
        if (type != null) {
            file.setAttribute("type", type.strip());
        }
        return size == null ? file : file.setAttribute("length", size.strip());
    }

    /** An attribute by its name in any case and any namespace, or null. */
    static @Nullable String attribute(Element element, String name) {
        for (Attribute attribute : element.getAttributes()) {
            if (attribute.getName().toLowerCase(Locale.ROOT).equals(name)) {
                return attribute.getValue();
            }
        }
        return null;
    }
}
