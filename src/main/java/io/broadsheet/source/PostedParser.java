package io.broadsheet.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the JSON of one posted article, or of a list of them. What it lets through is as clean as what is fetched. Safe for several threads. */
public final class PostedParser {
    /** In one request; more come in several. */
    public static final int ARTICLES_MAX = 500;

    /** A list, an article, a list of files, a file; and one more, so that a mistake is told by its place. */
    private static final int DEPTH_MAX = 5;

    private static final int NAME_MAX = 100;
    private static final int NUMBER_MAX = 30;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxNameLength(NAME_MAX)
                            .maxNumberLength(NUMBER_MAX)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    /**
     * @param body UTF-8 (RFC 8259 §8.1), of a size that may be held in memory several times over
     * @param key stands in for the id of a single article that has neither id nor url; absent: such an article is refused
     */
    public Posted parse(byte[] body, @Nullable String key) {
        JsonNode posted;
        try {
            posted = MAPPER.readTree(body);
        } catch (StreamConstraintsException e) {
            return Posted.damaged("the body" + at(e) + " nests deeper than " + DEPTH_MAX
                    + " levels, or has a name over " + NAME_MAX + " or a number over " + NUMBER_MAX
                    + " characters; post articles as docs/api.md shows them");
        } catch (JacksonException e) {
            return Posted.damaged("the body is not JSON" + at(e) + "; a comma, a quote or an end may be missing there,"
                    + " or a name stands twice");
        }
        Faults faults = new Faults();
        List<JsonNode> articles = articles(posted, faults);
        List<Entry> entries = new ArrayList<>();
        for (int at = 0; at < articles.size(); at++) {
            String pointer = posted.isArray() ? "/" + at : "";
            Entry entry = new PostedArticle(articles.get(at), pointer, faults).read(posted.isArray() ? null : key);
            if (entry != null) {
                entries.add(entry);
            }
        }
        if (faults.all().isEmpty()) {
            refuseTwice(entries, faults);
        }
        boolean whole = faults.all().isEmpty();
        return new Posted(posted.isArray(), whole ? entries : List.of(), null, faults.all());
    }

    private static List<JsonNode> articles(JsonNode posted, Faults faults) {
        if (posted.isObject()) {
            return List.of(posted);
        }
        if (!posted.isArray()) {
            faults.add("", "is neither an article nor a list of articles; post {\"title\": …} or [{\"title\": …}, …]");
            return List.of();
        }
        if (posted.size() > ARTICLES_MAX) {
            faults.add("", "lists " + posted.size() + " articles; post at most " + ARTICLES_MAX + " at a time");
            return List.of();
        }
        List<JsonNode> articles = new ArrayList<>();
        posted.forEach(articles::add);
        return articles;
    }

    /** Two articles that share their id would teach us not to trust this source's ids. */
    private static void refuseTwice(List<Entry> entries, Faults faults) {
        Map<String, Integer> seen = new HashMap<>();
        for (int at = 0; at < entries.size(); at++) {
            String id = entries.get(at).id();
            Integer before = id == null ? null : seen.putIfAbsent(id, at);
            if (before != null) {
                faults.add("/" + at + "/id", "is that of article " + before + " too; an id stands for one article");
            }
        }
    }

    private static String at(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        return place == null ? "" : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
    }

    /** Gathers what is wrong. Used by one thread. */
    static final class Faults {
        private final List<Posted.Fault> all = new ArrayList<>();

        void add(String pointer, String detail) {
            if (all.size() < Posted.FAULTS_MAX) {
                all.add(new Posted.Fault(pointer, detail));
            }
        }

        List<Posted.Fault> all() {
            return all;
        }
    }
}
