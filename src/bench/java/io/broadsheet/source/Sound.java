package io.broadsheet.source;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** For a fuzzer: what must hold of every entry, whatever bytes it was read from. */
final class Sound {
    private static final Set<String> UNSAFE_TAGS = Set.of(
            "applet",
            "base",
            "button",
            "embed",
            "form",
            "frame",
            "frameset",
            "iframe",
            "input",
            "link",
            "math",
            "meta",
            "noscript",
            "object",
            "plaintext",
            "script",
            "select",
            "style",
            "svg",
            "template",
            "textarea",
            "xmp");
    private static final Set<String> SAFE_SCHEMES = Set.of("http", "https", "mailto", "tel");

    private Sound() {}

    /** @throws AssertionError when an entry holds markup that a browser would act upon, or text that would break a line */
    static void check(Inspected read) {
        for (Entry entry : read.entries()) {
            Stream.of(entry.summary(), entry.content()).forEach(Sound::markup);
            Stream.of(entry.title(), entry.author(), entry.unit(), entry.dateline())
                    .forEach(Sound::line);
            address(entry.url());
            entry.enclosures().forEach(enclosure -> address(enclosure.url()));
            entry.categories().forEach(Sound::line);
        }
    }

    private static void markup(@Nullable String html) {
        if (html == null) {
            return;
        }
        Document document = Jsoup.parseBodyFragment(html);
        for (Element element : document.body().getAllElements()) {
            if (UNSAFE_TAGS.contains(element.normalName())) {
                throw new AssertionError("an unsafe element: " + element.normalName() + " in " + html);
            }
            for (Attribute attribute : element.attributes()) {
                String name = attribute.getKey().toLowerCase(Locale.ROOT);
                if (name.startsWith("on")
                        || name.equals("style")
                        || name.equals("srcdoc")
                        || name.equals("formaction")) {
                    throw new AssertionError("an unsafe attribute: " + name + " in " + html);
                }
                if (name.equals("href") || name.equals("src") || name.equals("cite") || name.equals("poster")) {
                    link(attribute.getValue(), html);
                }
            }
        }
    }

    /** As browsers read a scheme: after white space and control characters, with tabs and line ends left out. */
    private static void link(String link, String html) {
        String told = link.replaceAll("[\\t\\n\\r]", "").replaceAll("^[\\x00-\\x20]+", "");
        int colon = told.indexOf(':');
        String scheme = colon < 0 ? "" : told.substring(0, colon).toLowerCase(Locale.ROOT);
        if (scheme.matches("[a-z][a-z0-9+.-]*") && !SAFE_SCHEMES.contains(scheme)) {
            throw new AssertionError("an unsafe scheme: " + link + " in " + html);
        }
    }

    private static void line(@Nullable String text) {
        if (text != null
                && text.chars().anyMatch(character -> character < 0x20 || character == 0x7f || character == 0x2028)) {
            throw new AssertionError("a control character in a line: " + text);
        }
    }

    private static void address(@Nullable String url) {
        if (url != null && !url.startsWith("http://") && !url.startsWith("https://")) {
            throw new AssertionError("an address that is none of the web: " + url);
        }
    }
}
