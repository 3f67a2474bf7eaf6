package io.broadsheet.article;

import static org.assertj.core.api.Assertions.assertThat;

import io.broadsheet.article.IdentityGenerator.Shown;
import io.broadsheet.test.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Over all classes of what happens to stories: none is mailed again, none is lost in another. The figures stand in {@code docs/identity.md}. */
class IdentityCorpusTest {
    private static final long SEED = 20_261_124;

    private record Landed(Shown shown, ArticleId article) {}

    private final Map<String, Set<ArticleId>> mailed = new HashMap<>();
    private final Map<ArticleId, String> firstStory = new HashMap<>();
    private final List<String> lost = new ArrayList<>();

    @Test
    void no_story_is_mailed_again_and_none_is_lost_in_another() throws Exception {
        try (TestDatabase test = TestDatabase.sqlite()) {
            Newsroom newsroom = new Newsroom(test);
            IdentityGenerator generator = new IdentityGenerator(SEED);
            generator.rounds().stream()
                    .flatMap(List::stream)
                    .map(Shown::source)
                    .distinct()
                    .forEach(newsroom::source);

            List<Landed> landed = new ArrayList<>();
            for (List<Shown> round : generator.rounds()) {
                newsroom.later();
                landed.addAll(show(newsroom, round));
            }

            Map<String, Tally> byKind = new TreeMap<>();
            Tally all = new Tally();
            tally(landed, byKind, all);
            List<String> again = mailed.entrySet().stream()
                    .filter(story -> story.getValue().size() > 1)
                    .map(Map.Entry::getKey)
                    .toList();
            byKind.forEach((kind, tally) -> System.out.println(kind + ": " + tally));
            System.out.println("identity: sightings=" + landed.size() + " mailed-again=" + again.size() + " lost="
                    + lost.size() + " " + all);
            assertThat(landed).hasSizeGreaterThanOrEqualTo(700);
            assertThat(again).as("stories mailed again").isEmpty();
            assertThat(lost).as("stories lost in a merge").isEmpty();
            assertThat(all.precision()).isEqualTo(1.0);
            assertThat(all.recall()).isGreaterThanOrEqualTo(.99);
        }
    }

    private List<Landed> show(Newsroom newsroom, List<Shown> round) {
        Map<String, List<Shown>> bySource =
                round.stream().collect(Collectors.groupingBy(Shown::source, LinkedHashMap::new, Collectors.toList()));
        List<Landed> landed = new ArrayList<>();
        bySource.forEach((source, shown) -> {
            newsroom.show(source, shown.stream().map(Shown::entry).toList());
            for (Shown one : shown) {
                ArticleId article = newsroom.articleOf(source, one.entry());
                landed.add(new Landed(one, article));
                String first = firstStory.putIfAbsent(article, one.story());
                if (first != null && !first.equals(one.story())) {
                    lost.add(one.kind() + " " + one.story());
                }
                if (newsroom.isNews(article)) {
                    mailed.computeIfAbsent(one.story(), none -> new TreeSet<>()).add(article);
                }
            }
        });
        return landed;
    }

    /** Every two sightings: one story or two, one article or two. */
    private static void tally(List<Landed> landed, Map<String, Tally> byKind, Tally all) {
        for (int at = 0; at < landed.size(); at++) {
            for (int other = 0; other < at; other++) {
                boolean story = landed.get(at)
                        .shown()
                        .story()
                        .equals(landed.get(other).shown().story());
                boolean article =
                        landed.get(at).article().equals(landed.get(other).article());
                if (story || article) {
                    byKind.computeIfAbsent(landed.get(at).shown().kind(), none -> new Tally())
                            .add(story, article);
                    all.add(story, article);
                }
            }
        }
    }

    /** Of pairs of sightings. */
    private static final class Tally {
        private int right;
        private int wrong;
        private int missed;

        void add(boolean story, boolean article) {
            right += story && article ? 1 : 0;
            wrong += !story && article ? 1 : 0;
            missed += story && !article ? 1 : 0;
        }

        double precision() {
            return right + wrong == 0 ? 1 : (double) right / (right + wrong);
        }

        double recall() {
            return right + missed == 0 ? 1 : (double) right / (right + missed);
        }

        @Override
        public String toString() {
            return "joined=" + right + " wrongly=" + wrong + " missed=" + missed;
        }
    }
}
