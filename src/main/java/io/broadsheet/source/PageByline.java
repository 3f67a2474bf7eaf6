package io.broadsheet.source;

import io.broadsheet.html.PlainText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** Who wrote a page's story, without what sites put around names. */
final class PageByline {
    /** Longer is a biography. */
    private static final int NAME_MAX = 100;

    private static final int NAMES_MAX = 8;

    /** Lines below the headline, among which a byline stands if there is one. */
    private static final int LINES_MAX = 6;

    private static final Pattern BEFORE = Pattern.compile(
            "(?iu)^(?:(?:story|article|words|written|posted|published|reported|reporting|text|report|analysis|opinion|review|interview)\\s+)?(?:by|von|par|por|di|da|door|av|af|autor(?:in|es|a)?|author|auteur|autore|redactie|автор|текст|بقلم|كتب|文|記者|记者|作者)(?:\\s*[:：]\\s*|\\s+)|^(?:by)?[:：]\\s*|^from\\s+(?=\\p{Lu})|^(?:文|記者|记者|作者)[／/:：]?");
    /** A line that can hardly begin so unless a name follows. */
    private static final Pattern BY = Pattern.compile(
            "^(?:(?:Story |Written |Reported |Posted )?(?i:by)|Von|VON|Par|Por|Di|Door|Av|Af|Autor(?:in|a)?:|Author:|Auteur\\s?:|Автор:|Текст:|بقلم|كتب|文[：:／/]|記者|记者|作者)[\\s:：]*(?=[\\p{Lu}\\p{Lo}])");

    private static final Pattern BEHIND = Pattern.compile(
            "(?iu)(?:\\s*[|•·–—]\\s*.*|,\\s*[^,]{0,40}\\b(?:writer|correspondent|reporter|editor|columnist|contributor|journalist|producer|bureau chief)\\b.*|\\s+(?:(?:senior|chief|political|business|sports?|science|health|staff|news|contributing|freelance|special) )*(?:writer|correspondent|reporter|columnist|contributor|journalist|producer)\\b.*|\\s+(?:is|was) (?:a|an|the) .*|\\s*,?\\s*(?:updated|published|posted|on)\\b.{0,20}\\d.*|\\s*\\(?\\S+@\\S+\\)?.*|\\s+@\\w+.*|\\s+(?:follow|view|see|more|all)\\b .*|\\s*,?\\s*(?:am|le|el|den) \\d{1,2}\\..*|\\s+\\d{1,2}[./:]\\d{1,2}.*|記者|记者|기자|編集部員)$");
    private static final Pattern NO_NAME = Pattern.compile(
            "(?iu)(?:admin(?:istrator)?|editor(?:ial)?|staff|webmaster|user|author|unknown|anonymous|null|undefined|guest|default|none|n/?a|root|m\\.?d\\.?|ph\\.?d\\.?|jr\\.?|sr\\.?|ii|iii|https?:.*|www\\..*|@.*|by|posted|.*\\d{4}.*)");
    private static final Pattern BETWEEN =
            Pattern.compile("\\s*(?:,?\\s+(?:and|und|et|y|e|en|och|og)\\s+|\\s*[;&、，/]\\s*|,\\s+)\\s*");

    private PageByline() {}

    /**
     * @param line the author that the lines around the headline tell; absent when they don't
     * @return names joined by a comma and a space; null when nobody is told
     */
    static @Nullable String of(PageMetadata metadata, JsonLd linked, @Nullable String line, List<String> below) {
        String site = PageTitle.key(String.valueOf(
                PageMetadata.first(metadata.meta("og:site_name", "application-name"), linked.publisher(), "-")));
        List<List<String>> claims = new ArrayList<>();
        claims.add(linked.authors());
        claims.add(metadata.metas("author"));
        claims.add(one(metadata.meta(
                "article:author",
                "parsely-author",
                "sailthru.author",
                "dc.creator",
                "dcterms.creator",
                "byl",
                "cxenseparse:author",
                "article:author_name",
                "article.author",
                "citation_author")));
        if (line != null) {
            claims.add(List.of(line));
        }
        claims.addAll(shown(metadata.authors(), below));
        claims.add(below.stream()
                .limit(LINES_MAX)
                .filter(text -> text.length() <= NAME_MAX && BY.matcher(text).find())
                .limit(1)
                .toList());
        String fallback = null;
        for (List<String> claim : claims) {
            List<String> names = names(claim);
            String joined = String.join(", ", names);
            boolean person = names.stream().anyMatch(name -> !isSite(name, site));
            if (person) {
                List<String> people =
                        names.stream().filter(name -> !isSite(name, site)).toList();
                return RomeEntries.joined(people);
            }
            fallback = fallback == null && !joined.isEmpty() ? joined : fallback;
        }
        return fallback;
    }

    private static List<String> one(@Nullable String text) {
        return text == null ? List.of() : List.of(text);
    }

    /** What elements named for it show; one near the headline before one anywhere, where it may be another story's. */
    private static List<List<String>> shown(List<Element> elements, List<String> below) {
        List<List<String>> near = new ArrayList<>();
        List<List<String>> far = new ArrayList<>();
        for (Element element : elements) {
            String text = element.hasAttr("content") ? element.attr("content") : ownName(element);
            if (text.isBlank() || text.length() > 3 * NAME_MAX) {
                continue;
            }
            boolean isNear = below.stream().anyMatch(line -> line.contains(text.strip()));
            boolean outside = element.closest("[class*=comment],[id*=comment],[class*=related],footer,aside") != null;
            if (isNear) {
                near.add(List.of(text));
            } else if (!outside) {
                far.add(List.of(text));
            }
        }
        near.addAll(far.stream().limit(3).toList());
        return near;
    }

    /** An author's box may hold a name, a role and a date; what is named or linked as the name is it. */
    private static String ownName(Element element) {
        Element name =
                element.selectFirst("[itemprop=name], [rel=author], .fn, [class*=author-name], [class*=byline-name]");
        return (name == null ? element : name).text();
    }

    private static List<String> names(List<String> claim) {
        List<String> names = new ArrayList<>();
        for (String text : claim) {
            if (FeedTree.web(text) != null) {
                continue;
            }
            String cleaned = clean(text);
            for (String name : cleaned.split(BETWEEN.pattern())) {
                String single = clean(name);
                boolean fits = single.length() > 1
                        && single.length() <= NAME_MAX
                        && !NO_NAME.matcher(single).matches();
                if (fits && !ReleaseLines.isUnit(single) && names.size() < NAMES_MAX && !names.contains(single)) {
                    names.add(single);
                } else if (fits && names.isEmpty() && claim.size() == 1 && cleaned.equals(single)) {
                    names.add(single);
                }
            }
        }
        return names;
    }

    static String clean(String given) {
        String name = PlainText.title(given.substring(0, Math.min(given.length(), 3 * NAME_MAX)));
        for (int round = 0; round < 2; round++) {
            name = BEFORE.matcher(name).replaceFirst("").strip();
        }
        name = BEHIND.matcher(name).replaceFirst("").strip();
        name = name.replaceFirst("^[\\s\\p{Punct}&&[^(\"']]+", "").replaceFirst("[\\s,;:|/–—-]+$", "");
        boolean shouted = name.length() > 5 && name.equals(name.toUpperCase(Locale.ROOT)) && name.contains(" ");
        return shouted && name.chars().allMatch(c -> c < 0x250) ? capitalised(name) : name;
    }

    private static String capitalised(String name) {
        StringBuilder quiet = new StringBuilder(name.toLowerCase(Locale.ROOT));
        for (int at = 0; at < quiet.length(); at++) {
            if (at == 0 || !Character.isLetter(quiet.charAt(at - 1))) {
                quiet.setCharAt(at, Character.toUpperCase(quiet.charAt(at)));
            }
        }
        return quiet.toString();
    }

    private static boolean isSite(String name, String site) {
        String key = PageTitle.key(name);
        return key.equals(site) || (site.length() > 4 && key.startsWith(site));
    }
}
