package io.broadsheet.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * A text with holes that each recipient's values fill.
 *
 * @param fixed the pieces around the holes: one more than holes, any may be empty
 * @param holes for each hole, in order, the index of the value that fills it
 */
public record Holed(List<String> fixed, List<Integer> holes) {
    public Holed {
        fixed = List.copyOf(fixed);
        holes = List.copyOf(holes);
        if (fixed.size() != holes.size() + 1) {
            throw new IllegalArgumentException("one more piece than holes");
        }
    }

    /** A text without holes. */
    public static Holed whole(String text) {
        return new Holed(List.of(text), List.of());
    }

    /** Cuts a text at each place where a mark stands; {@code marks} has one unguessable mark per value. */
    public static Holed cut(String text, List<String> marks) {
        List<String> fixed = new ArrayList<>();
        List<Integer> holes = new ArrayList<>();
        int from = 0;
        while (true) {
            int next = -1;
            int which = -1;
            for (int i = 0; i < marks.size(); i++) {
                int found = text.indexOf(marks.get(i), from);
                if (found >= 0 && (next < 0 || found < next)) {
                    next = found;
                    which = i;
                }
            }
            if (next < 0) {
                fixed.add(text.substring(from));
                return new Holed(fixed, holes);
            }
            fixed.add(text.substring(from, next));
            holes.add(which);
            from = next + marks.get(which).length();
        }
    }

    /** The text with its holes filled. */
    public String fill(List<String> values) {
        StringBuilder text = new StringBuilder(fixed.get(0));
        for (int i = 0; i < holes.size(); i++) {
            text.append(values.get(holes.get(i))).append(fixed.get(i + 1));
        }
        return text.toString();
    }
}
