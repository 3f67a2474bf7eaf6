package io.broadsheet.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words in class names and ids: {@code relatedLinks}, {@code related-links} and {@code related__links} say the same. */
final class HintWords {
    /** Before a hyphen, what an article is about or what the page has beside it: that is no part of the element's own role. */
    private static final Set<String> ABOUT_OTHERS = Set.of(
            "category",
            "tag",
            "has",
            "no",
            "not",
            "without",
            "with",
            "hide",
            "js",
            "post_tag",
            "type",
            "status",
            "format",
            "single",
            "postid",
            "page",
            "theme",
            "lang",
            "u");

    /** Behind these, it is its role after all. */
    private static final List<String> OWN_ROLES = List.of("list", "cloud", "links", "content", "inner");

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

    /** Each word, and each two neighbours of one name joined by a hyphen, in lower case; a word may come twice. */
    static List<String> of(String names) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int end = Math.min(names.length(), CHARACTERS_MAX);
        for (int at = 0; at < end; at++) {
            if (names.charAt(at) > ' ') {
                int begin = at;
                while (at < end && names.charAt(at) > ' ') {
                    at++;
                }
                if (!isAboutOthers(names, begin, at)) {
                    split(names, begin, at, word, words);
                }
            }
        }
        return words;
    }

    private static boolean isAboutOthers(String names, int begin, int end) {
        int at = begin;
        while (at < end && names.charAt(at) != '-' && names.charAt(at) != '_') {
            at++;
        }
        if (at >= end || !ABOUT_OTHERS.contains(names.substring(begin, at).toLowerCase(Locale.ROOT))) {
            return false;
        }
        int behind = at + 1;
        return OWN_ROLES.stream().noneMatch(role -> names.startsWith(role, behind));
    }

    private static void split(String names, int begin, int end, StringBuilder word, List<String> words) {
        String before = "";
        boolean lower = false;
        for (int at = begin; at <= end; at++) {
            char c = at < end ? names.charAt(at) : ' ';
            boolean letter = Character.isLetter(c);
            boolean upper = letter && Character.isUpperCase(c);
            if ((!letter || (upper && lower)) && word.length() > 0) {
                String found = word.toString();
                word.setLength(0);
                if (!EMPTY.contains(found)) {
                    words.add(found);
                    if (!before.isEmpty()) {
                        words.add(before + '-' + found);
                    }
                    before = found;
                }
            }
            if (letter) {
                word.append(Character.toLowerCase(c));
            }
            lower = letter && !upper;
        }
    }
}
