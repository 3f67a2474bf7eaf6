package io.broadsheet.article;

import io.broadsheet.html.PlainText;
import io.broadsheet.source.Entry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an entry says, apart from how it is marked up, spaced and framed.
 *
 * @param title as the entry has it, or the beginning of its text; empty when there is neither
 * @param textKey hash of headline and text as identity compares them: blind to case, accents, punctuation
 * @param fingerprint hash of headline, text and pictures of ours as readers see them: a mended capital or comma is a new wording, a line break is none
 * @param words of the text without the headline
 */
record Wording(String title, String textKey, String fingerprint, int words) {
    /** Half of a SHA-256: enough that no two texts meet. */
    private static final int HASH_BYTES = 16;

    private static final int TITLE_MAX = 80;

    /** What sites set around a text, each a line of its own. Whether it is there tells no two stories, or wordings, apart. */
    private static final Pattern FURNITURE = Pattern.compile(
            "(?i)the post .{1,300} appeared first on .{1,200}|(?:read|continue reading|learn) more\\b.{0,80}|continue reading.{0,80}|"
                    + "redirecting|skip to main content.{0,40}|print(?: *\\| *e-?mail)?|e-?mail|download|share(?: this)?(?: story| article| post)?|"
                    + "share (?:this )?(?:on|via|with|to) .{1,80}|tweet(?: this)?|(?:e-?mail|print) this(?: page| article| story)?|copy link|"
                    + "(?:article |page |content )?fingerprint[:= ]{1,3}[0-9a-z]{6,128}|(?:page )?(?:generated|rendered|cached) (?:in|at|on) .{0,40}\\d.{0,40}|"
                    + "(?:last )?(?:viewed|read) .{0,20}\\d.{0,20}times?|"
                    + "tags|related(?: posts?| articles?| stories)?|for immediate release|(?:see less *\\| *)?view image page");

    /** Counters change by themselves. */
    private static final Pattern COUNTER = Pattern.compile(
            "(?i)\\d[\\d.,  ]{0,20}(?:views?|reads?|comments?|likes?|shares?|min(?:ute)?s? read)"
                    + "|(?:page |article )?(?:views?|reads?|comments?|likes?|shares?|hits?)[:  ]{1,3}\\d[\\d.,  ]{0,20}");

    /** How press releases end: a row of hashes, or a thirty between dashes. */
    private static final Pattern END_MARK = Pattern.compile("#{2,20}|-{1,20} *30 *-{1,20}");

    /** A longer line is text. */
    private static final int FURNITURE_MAX = 600;

    private static final Pattern PICTURE = Pattern.compile("/feeds/media/([0-9a-f]{64})\\.[a-z]{3,4}$");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}\\p{Cf}]+");

    static Wording of(Entry entry) {
        String text = PlainText.of(body(entry.content(), entry.summary()));
        String kept = bare(text, entry.dateline());
        String headline = Normalizer.normalize(entry.title(), Normalizer.Form.NFKC);
        String folded = Folding.words(kept);
        return new Wording(
                title(entry.title(), text),
                hash(Folding.words(headline) + "\n" + folded),
                hash(spaced(headline) + "\n" + spaced(kept) + pictures(entry)),
                Folding.count(folded));
    }

    /** Pictures that we publish are named by the hash of their bytes: another one is another wording. Those of others change their address at will. */
    private static String pictures(Entry entry) {
        return entry.enclosures().stream()
                .map(enclosure -> PICTURE.matcher(enclosure.url()))
                .filter(Matcher::find)
                .map(found -> "\n" + found.group(1))
                .collect(Collectors.joining());
    }

    /** The text that identity compares: without furniture and dateline. */
    static String bare(@Nullable String content, @Nullable String summary, @Nullable String dateline) {
        return bare(PlainText.of(body(content, summary)), dateline);
    }

    private static String bare(String text, @Nullable String dateline) {
        String kept = text.lines().filter(line -> !isFurniture(line)).collect(Collectors.joining("\n"));
        return withoutDateline(Normalizer.normalize(kept, Normalizer.Form.NFKC), dateline);
    }

    /** Line by line, and only short ones are looked at, so that the time grows with the text's length alone. */
    private static boolean isFurniture(String line) {
        if (line.length() > FURNITURE_MAX) {
            return false;
        }
        int begin = 0;
        int end = line.length();
        while (begin < end && isAround(line.charAt(begin))) {
            begin++;
        }
        while (end > begin && isAround(line.charAt(end - 1))) {
            end--;
        }
        String core = line.substring(begin, end);
        return FURNITURE.matcher(core).matches()
                || COUNTER.matcher(core).matches()
                || END_MARK.matcher(line.strip()).matches();
    }

    /** Bullets, dashes, eyes and thumbs, but no letter of any script. */
    private static boolean isAround(char c) {
        return !Character.isLetterOrDigit(c);
    }

    /** The whole text, or the summary where it is all there is. */
    private static String body(@Nullable String content, @Nullable String summary) {
        if (content != null) {
            return content;
        }
        return summary == null ? "" : summary;
    }

    /** Copies of one release have it or lack it. */
    private static String withoutDateline(String text, @Nullable String dateline) {
        String start = text.stripLeading();
        if (dateline == null || !start.startsWith(dateline)) {
            return text;
        }
        return start.substring(dateline.length()).replaceFirst("^[\\s–—-]+", "");
    }

    private static String title(String title, String text) {
        if (!title.isBlank()) {
            return title.strip();
        }
        String line = SPACES.matcher(text).replaceAll(" ").strip();
        if (line.length() <= TITLE_MAX) {
            return line;
        }
        int end = line.lastIndexOf(' ', TITLE_MAX);
        return line.substring(0, end > 0 ? end : TITLE_MAX) + "…";
    }

    private static String spaced(String text) {
        return SPACES.matcher(text).replaceAll(" ").strip();
    }

    static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
