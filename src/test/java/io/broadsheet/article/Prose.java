package io.broadsheet.article;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts that read like a newsroom's in what matters to identity: common words between rare ones, names, figures, paragraphs. Made from a seed. */
final class Prose {
    private static final String[] SMALL =
            "the of and to in a for on with at by from that was is will were has had be as an its their which after before"
                    .split(" ");
    private static final String[] STARTS = "ba ca da fe ga ha ju ka lo ma ne po qui ra sa te vo wa xe zo".split(" ");
    private static final String[] MIDDLES =
            "bri lan der mon tis cor vel nar pol ger min sta dru lec rin bol".split(" ");
    private static final String[] ENDS = "er ing ed ion al ment ist ous ly ade or ence ure ic".split(" ");
    private static final String[] NAMES =
            "Ash Bar Cal Dun Els Fen Gor Hal Ing Jar Kel Lor Mar Nor Oak Pen Rud Sel Tor Ulm Ver Wes Yar".split(" ");
    private static final String[] PLACES = "ton ford bury mouth stead field ham wick dale port".split(" ");
    private static final String HAN = "市政府今日宣布新橋將於下月開放通行記者會上市長表示工程已全部完成居民可免費使用交通預算學校醫院水庫港口節日警方消防天氣春秋冬夏";

    private final Random random;

    Prose(long seed) {
        this.random = new Random(seed);
    }

    int number(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    private String pick(String[] words) {
        return words[random.nextInt(words.length)];
    }

    String word() {
        return pick(STARTS) + pick(MIDDLES) + pick(ENDS);
    }

    String name() {
        return pick(NAMES) + pick(PLACES);
    }

    String title() {
        StringBuilder title = new StringBuilder(name());
        int words = number(4, 7);
        for (int at = 0; at < words; at++) {
            title.append(' ').append(at == 2 ? pick(SMALL) : word());
        }
        return title.toString();
    }

    String sentence() {
        StringBuilder sentence = new StringBuilder();
        int words = number(12, 20);
        for (int at = 0; at < words; at++) {
            String next = at % 5 == 3 && random.nextInt(4) == 0 ? name() : at % 2 == 0 ? word() : pick(SMALL);
            sentence.append(
                            at == 0
                                    ? next.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + next.substring(1)
                                    : next)
                    .append(at == words - 1 ? "" : " ");
            if (at == 6 && random.nextInt(3) == 0) {
                sentence.append(number(2, 9_000)).append(' ');
            }
        }
        return sentence.append('.').toString();
    }

    String paragraph() {
        StringBuilder paragraph = new StringBuilder();
        int sentences = number(2, 4);
        for (int at = 0; at < sentences; at++) {
            paragraph.append(at == 0 ? "" : " ").append(sentence());
        }
        return paragraph.toString();
    }

    List<String> paragraphs() {
        List<String> all = new ArrayList<>();
        int count = number(5, 9);
        for (int at = 0; at < count; at++) {
            all.add(paragraph());
        }
        return all;
    }

    /** The same, with one lower-case word of each paragraph changed. */
    List<String> corrected(List<String> paragraphs) {
        return paragraphs.stream()
                .map(text -> {
                    String[] words = text.split(" ");
                    for (int at = words.length / 2; at < words.length; at++) {
                        if (words[at].matches("[a-z]{5,}")) {
                            words[at] = word();
                            break;
                        }
                    }
                    return String.join(" ", words);
                })
                .toList();
    }

    String han(int characters) {
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < characters; at++) {
            text.append(HAN.charAt(random.nextInt(HAN.length())));
        }
        return text.toString();
    }

    static String html(List<String> paragraphs) {
        StringBuilder html = new StringBuilder();
        paragraphs.forEach(text -> html.append("<p>").append(text).append("</p>"));
        return html.toString();
    }

    static String cut(List<String> paragraphs, int words) {
        String[] all = String.join(" ", paragraphs).split(" ");
        return "<p>" + String.join(" ", List.of(all).subList(0, Math.min(words, all.length))) + " […]</p>";
    }
}
