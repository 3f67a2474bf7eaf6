package io.broadsheet.article;

import io.broadsheet.html.PlainText;
import io.broadsheet.source.Source;
import io.broadsheet.source.SourceId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A selection made ready to be asked about many articles. Used by one thread. */
final class SelectionMatcher {
    private final Selection selection;
    /** Those that the selection names; empty when it names none. */
    private final Set<SourceId> named = new HashSet<>();
    /** Those with one of the selection's tags. */
    private final Set<SourceId> tagged = new HashSet<>();

    private final Set<String> tags;
    private final Set<String> authors;
    private final List<String> words;

    /** @param sources all, closed ones too */
    SelectionMatcher(Selection selection, List<Source> sources) {
        this.selection = selection;
        this.tags = folded(selection.tags());
        this.authors = folded(selection.authors());
        this.words = selection.words().stream().map(Folding::words).toList();
        for (Source source : sources) {
            if (selection.sources().contains(source.name())) {
                named.add(source.id());
            }
            if (source.definition().tags().stream().map(Folding::letters).anyMatch(tags::contains)) {
                tagged.add(source.id());
            }
        }
    }

    private static Set<String> folded(List<String> texts) {
        return texts.stream().map(Folding::letters).collect(Collectors.toUnmodifiableSet());
    }

    /** The only sources whose sightings can match; absent when any can, since a tag may also be a category of an article. */
    @Nullable
    List<SourceId> onlySources() {
        return selection.sources().isEmpty() ? null : List.copyOf(named);
    }

    /** Whether summary and content are asked for. */
    boolean needsText() {
        return !words.isEmpty();
    }

    /** Whether a sighting by this source of an article with these categories matches the selection's sources and tags. */
    boolean matches(SourceId source, List<String> categories) {
        boolean sourceFits = selection.sources().isEmpty() || named.contains(source);
        return sourceFits && (tags.isEmpty() || tagged.contains(source) || hasTag(categories));
    }

    private boolean hasTag(List<String> categories) {
        return categories.stream().map(Folding::letters).anyMatch(tags::contains);
    }

    /** Whether the article matches the selection's authors, languages and words. */
    boolean matches(Selectable article) {
        return matchesAuthor(article.author()) && matchesLanguage(article.language()) && matchesWords(article);
    }

    private boolean matchesAuthor(@Nullable String author) {
        if (authors.isEmpty()) {
            return true;
        }
        if (author == null) {
            return false;
        }
        // Several are joined by a comma, which a single name may have too: "Doe, Jane".
        String all = Folding.letters(author);
        if (authors.contains(all)) {
            return true;
        }
        for (String one : all.split(",", -1)) {
            if (authors.contains(one.strip())) {
                return true;
            }
        }
        return false;
    }

    private boolean matchesLanguage(@Nullable String language) {
        if (selection.languages().isEmpty()) {
            return true;
        }
        if (language == null) {
            return false;
        }
        String tag = language.toLowerCase(Locale.ROOT);
        return selection.languages().stream()
                .map(wanted -> wanted.toLowerCase(Locale.ROOT))
                .anyMatch(wanted -> tag.equals(wanted) || tag.startsWith(wanted + "-"));
    }

    private boolean matchesWords(Selectable article) {
        if (words.isEmpty()) {
            return true;
        }
        List<String> texts = new ArrayList<>();
        texts.add(article.title());
        if (article.summary() != null) {
            texts.add(PlainText.of(article.summary()));
        }
        if (article.content() != null) {
            texts.add(PlainText.of(article.content()));
        }
        for (String text : texts) {
            String folded = Folding.words(text);
            if (words.stream().anyMatch(word -> Folding.stands(word, folded))) {
                return true;
            }
        }
        return false;
    }
}
