package io.broadsheet.web.site;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list in {@code If-None-Match} or {@code If-Match} (RFC 9110 §13.1). What is no entity tag is passed over.
 *
 * @param any the list is {@code *}
 * @param strong tags without {@code W/}, with their quotes
 * @param weak those behind a {@code W/}
 */
record EntityTags(boolean any, Set<String> strong, Set<String> weak) {
    /** §8.8.3: quotes around anything but quotes and controls; commas may be inside. */
    private static final Pattern TAG = Pattern.compile("(W/)?(\"[\\x21\\x23-\\x7E\\x80-\\xFF]*\")");

    static EntityTags of(List<String> lines) {
        Set<String> strong = new HashSet<>();
        Set<String> weak = new HashSet<>();
        for (String line : lines) {
            Matcher tags = TAG.matcher(line);
            while (tags.find()) {
                (tags.group(1) == null ? strong : weak).add(tags.group(2));
            }
        }
        boolean any = lines.size() == 1 && lines.get(0).strip().equals("*");
        return new EntityTags(any, strong, weak);
    }

    /** §8.8.3.2, weak comparison: the marks do not matter. */
    boolean holdsWeakly(String etag) {
        return any || strong.contains(etag) || weak.contains(etag);
    }

    /** §8.8.3.2, strong comparison, for a tag that is strong itself. */
    boolean holdsStrongly(String etag) {
        return any || strong.contains(etag);
    }
}
