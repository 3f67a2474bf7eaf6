package io.broadsheet.source;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The words in class names and ids: {@code relatedLinks}, {@code related-links} and {@code related__links} say the same. */
final class HintWords {
    /** Class names say what an article is about, or what the page has beside it; that is no part of the element's own role. */
    private static final Pattern ABOUT_OTHERS = Pattern.compile(
            "(?i)^(?:category|tag|has|no|not|without|with|hide|js|post_tag|type|status|format|single|postid|page-template|theme|lang|u)[-_](?!list|cloud|links|content|inner).*");

    private static final Pattern HUMP = Pattern.compile("(?<=[a-z])(?=[A-Z])");
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}]+");

    /** Frameworks' words between those that say something. */
    private static final Set<String> EMPTY = Set.of(
            "js",
            "c",
            "o",
            "m",
            "u",
            "l",
            "b",
            "td",
            "et",
            "pb",
            "wp",
            "block",
            "wrapper",
            "wrap",
            "container",
            "inner",
            "outer",
            "component",
            "module",
            "the",
            "of",
            "to",
            "name",
            "node",
            "paragraph",
            "group",
            "item");

    /** Names longer than this are generated. */
    private static final int CHARACTERS_MAX = 400;

    private HintWords() {}

    static Set<String> set(String words) {
        return Set.of(List.of(words.strip().split("\\s+")).stream().distinct().toArray(String[]::new));
    }

    /** Each word, and each two neighbours of one name joined by a hyphen, in lower case. */
    static Set<String> of(String names) {
        Set<String> words = new HashSet<>();
        for (String name :
                names.substring(0, Math.min(names.length(), CHARACTERS_MAX)).split("\\s+")) {
            if (name.isEmpty() || ABOUT_OTHERS.matcher(name).matches()) {
                continue;
            }
            List<String> kept = new ArrayList<>();
            for (String word : BETWEEN.split(HUMP.matcher(name).replaceAll("-"))) {
                String lower = word.toLowerCase(Locale.ROOT);
                if (!lower.isEmpty() && !EMPTY.contains(lower)) {
                    kept.add(lower);
                }
            }
            words.addAll(kept);
            for (int at = 1; at < kept.size(); at++) {
                words.add(kept.get(at - 1) + '-' + kept.get(at));
            }
        }
        return words;
    }
}
