package io.broadsheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents that lead through the tree name only what is there. */
class TourTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`\\s]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Path CODE = Path.of("src/main/java/io/broadsheet");

    @Test
    void every_file_and_test_that_the_tour_names_is_there() throws IOException {
        List<String> tests = names("src/test/java");
        List<String> missing = new ArrayList<>();
        Matcher quoted = QUOTED.matcher(Files.readString(Path.of("docs/tour.md")));
        while (quoted.find()) {
            String name = quoted.group(1);
            boolean file = name.matches("[\\w/.-]+\\.(java|sql|vm|md)");
            boolean test = name.matches("[A-Z]\\w+Test");
            if (file && !Files.exists(CODE.resolve(name)) && !Files.exists(Path.of(name))
                    || test && !tests.contains(name)) {
                missing.add(name);
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_link_in_the_documents_leads_somewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
        }
        for (Path document : documents) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                Path folder = document.getParent() == null ? Path.of("") : document.getParent();
                if (!Files.exists(folder.resolve(link.group(1)))) {
                    broken.add(document + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    private static List<String> names(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.map(path -> path.getFileName().toString().replaceFirst("\\.java$", ""))
                    .toList();
        }
    }
}
