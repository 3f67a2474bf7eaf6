package io.broadsheet.article;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the likeness of two texts says of their stories.
 *
 * @param refilled whether the figures and names say that a template was filled in anew
 * @param fewRefilled whether so few figures and names are replaced that another editor may have done so
 * @param parted whether the headlines say that these are two, such as part 1 and part 2
 * @param brief whether one of the texts is too short to be known by
 */
record Comparison(Likeness likeness, boolean refilled, boolean fewRefilled, boolean parted, boolean brief) {
    /** Any from .6 to .8 told the same texts apart; an edit that says more anew is another text. */
    private static final double SAME_TEXT = .6;

    /** One source says the same over again in its bulletins: then the headline must bear it out, or nearly all of the text. */
    private static final double SAME_HEADLINE = .5;

    private static final double NEARLY_ALL = .9;

    private static final double SUMMARY_WITHIN = .85;
    private static final double SUMMARY_HEADLINE = .8;

    /** Below it one page shows another text than before, unless one text lies in the other. */
    private static final double OTHER_TEXT = .3;

    private static final double LIES_WITHIN = .5;

    private static final double FIGURES_APART = .2;
    private static final double ALL_BUT_FIGURES = .97;

    /** Another editor writes another beginning, with a figure or a name of its own. */
    private static final double FIGURES_EDITED = .34;

    private static final double NAMES_EDITED = .2;

    /** An edit changes a name or two; a template all that it was made for. */
    private static final double NAMES_APART = .34;

    private static final double ALL_BUT_NAMES = .95;

    /** With one of these in front a headline announces a story about a story. */
    private static final Set<String> ABOUT = Set.of(
            "correction",
            "corrections",
            "erratum",
            "corrigendum",
            "clarification",
            "retraction",
            "korrektur",
            "berichtigung",
            "rectificatif",
            "correctif",
            "correccion",
            "errata",
            "rettifica",
            "rectificatie");

    static Comparison of(Story one, Story other) {
        int shared = one.text().shared(other.text());
        int mine = one.text().hashes().length;
        int theirs = other.text().hashes().length;
        double jaccard = share(shared, mine + theirs - shared);
        double containment = share(shared, Math.min(mine, theirs));
        Change figures = Change.of(one.text().figures(), other.text().figures());
        Change names = Change.of(one.text().names(), other.text().names());
        boolean figuresAgree = figures.changed() <= FIGURES_APART
                || jaccard >= ALL_BUT_FIGURES
                // What was added at the end, or by a copy around it, has figures of its own.
                || (figures.replaced() == 0 && containment >= NEARLY_ALL);
        boolean namesAgree = names.replaced() <= NAMES_APART || jaccard >= ALL_BUT_NAMES;
        Likeness likeness = new Likeness(
                rounded(jaccard),
                rounded(containment),
                rounded(words(one.title(), other.title())),
                rounded(figures.changed()),
                rounded(names.replaced()));
        return new Comparison(
                likeness,
                !figuresAgree || !namesAgree,
                figures.replaced() <= FIGURES_EDITED && names.replaced() <= NAMES_EDITED,
                headlinesPart(one.title(), other.title()),
                !one.isTelling() || !other.isTelling());
    }

    /** How two sets differ: the part that only one has, and the part that one has in place of what the other has. */
    private record Change(double changed, double replaced) {
        static Change of(Set<String> one, Set<String> other) {
            int shared = 0;
            for (String word : one) {
                shared += other.contains(word) ? 1 : 0;
            }
            int all = one.size() + other.size() - shared;
            int fewer = Math.min(one.size(), other.size());
            return new Change(
                    all == 0 ? 0 : (double) (all - shared) / all, fewer == 0 ? 0 : (double) (fewer - shared) / fewer);
        }
    }

    private static double words(List<String> one, List<String> other) {
        if (one.isEmpty() && other.isEmpty()) {
            return 1;
        }
        Set<String> both = new HashSet<>(one);
        both.retainAll(new HashSet<>(other));
        return share(both.size(), one.size() + other.size() - both.size());
    }

    /** Part 1 and part 2, this week's and last week's, a story and its correction. */
    private static boolean headlinesPart(List<String> one, List<String> other) {
        boolean about = one.stream().anyMatch(ABOUT::contains) != other.stream().anyMatch(ABOUT::contains);
        Set<String> mine = numbers(one);
        Set<String> theirs = numbers(other);
        return about || (!mine.isEmpty() && !theirs.isEmpty() && !mine.equals(theirs));
    }

    private static Set<String> numbers(List<String> title) {
        Set<String> numbers = new HashSet<>(title);
        numbers.removeIf(word -> word.codePoints().noneMatch(Character::isDigit));
        return numbers;
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    private static double rounded(double share) {
        return Math.round(share * 1_000) / 1_000d;
    }

    /**
     * The word for the rule by which one story has both texts; nothing if none says so.
     *
     * @param own whether one source shows both
     */
    Optional<String> rule(boolean own) {
        if (parted || brief) {
            return Optional.empty();
        }
        if (likeness.jaccard() >= SAME_TEXT) {
            boolean borneOut = !own || likeness.title() >= SAME_HEADLINE || likeness.jaccard() >= NEARLY_ALL;
            boolean edited = !refilled || (!own && fewRefilled);
            return borneOut && edited ? Optional.of("text") : Optional.empty();
        }
        boolean summary = likeness.containment() >= SUMMARY_WITHIN && likeness.title() >= SUMMARY_HEADLINE;
        return summary && !own ? Optional.of("summary") : Optional.empty();
    }

    /** How surely: what the rule went by. */
    double sureness() {
        return Math.max(likeness.jaccard(), likeness.containment());
    }

    /** Whether one page now shows another text. */
    boolean tellsAnother() {
        return !brief && likeness.jaccard() < OTHER_TEXT && likeness.containment() < LIES_WITHIN;
    }

    /** Whether a reader would say that this is known, though no rule does. */
    boolean tellsAlike() {
        boolean alike = !brief && (likeness.jaccard() >= OTHER_TEXT || likeness.containment() >= SUMMARY_WITHIN);
        return !parted && !refilled && (alike || likeness.title() >= SUMMARY_HEADLINE);
    }
}
