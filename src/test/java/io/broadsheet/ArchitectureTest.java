package io.broadsheet;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the rules of the house, one sentence each. A rule changes by a record in {@code docs/decisions/} and here, together. */
class ArchitectureTest {
    private static final String ROOT = "io.broadsheet.";
    /** The rooms in the order that data flows; each may use those before it, and support. */
    private static final List<String> FLOW = List.of(
            "source",
            "article",
            "feed",
            "newsletter",
            "subscriber",
            "edition",
            "delivery",
            "feedback",
            "provision",
            "upkeep",
            "doctor");

    private static final List<String> DOORS = List.of("schedule", "cli", "web", "demo");
    /** Files over 400 lines, each with its reason. The list may shrink; it does not grow without a record. */
    private static final Map<String, String> LONG_FILES = Map.of();

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.broadsheet");

    @Test
    void a_room_uses_only_rooms_before_it_in_the_flow() {
        for (int room = 0; room < FLOW.size(); room++) {
            List<String> later = new ArrayList<>(FLOW.subList(room + 1, FLOW.size()));
            later.addAll(DOORS);
            hold(noClasses().that(in(List.of(FLOW.get(room)))).should().dependOnClassesThat(in(later)));
        }
    }

    @Test
    void support_knows_no_room_and_no_door() {
        List<String> rooms = new ArrayList<>(FLOW);
        rooms.addAll(DOORS);
        DescribedPredicate<JavaClass> support = DescribedPredicate.not(in(rooms))
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.broadsheet")))
                .and(JavaClass.Predicates.resideInAPackage("io.broadsheet.."));
        hold(noClasses().that(support).should().dependOnClassesThat(in(rooms)));
    }

    @Test
    void doors_do_not_use_each_other() {
        for (String door : DOORS) {
            List<String> others =
                    DOORS.stream().filter(other -> !other.equals(door)).toList();
            hold(noClasses().that(in(List.of(door))).should().dependOnClassesThat(in(others)));
        }
    }

    @Test
    void nothing_but_the_root_depends_on_the_root() {
        hold(noClasses()
                .that()
                .resideInAPackage("io.broadsheet.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.broadsheet"));
    }

    @Test
    void there_are_no_cycles() {
        hold(slices().matching("io.broadsheet.(*)..").should().beFreeOfCycles());
    }

    @Test
    void sql_lives_in_stores_and_nowhere_else() {
        hold(noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Store")
                .and()
                .resideOutsideOfPackage("io.broadsheet.db..")
                .and()
                // It hands Quartz our connections, and looks at none.
                .doNotHaveSimpleName("SharedPool")
                .and(DescribedPredicate.not(enclosedIn("Store")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "java.sql.."));
    }

    @Test
    void each_library_stays_in_its_rooms() {
        library("com.rometools", "source", "feed");
        library("jakarta.mail", "delivery", "feedback", "mail", "demo");
        library("org.eclipse.angus", "delivery", "feedback", "mail", "demo");
        library("org.apache.velocity", "template");
        library("org.quartz", "schedule");
        library("io.javalin", "web");
        library("org.eclipse.jetty", "web");
        library("picocli", "cli");
        library("me.tongfei", "cli");
        library("org.jsoup", "html", "source");
        library("com.icegreen", "demo");
        library("okhttp3", "http");
        library("crawlercommons", "http");
        library("org.snakeyaml", "config", "source");
        library("com.cronutils", "newsletter");
        library("io.micrometer", "web");
        library("org.flywaydb", "db");
        library("com.zaxxer", "db");
        library("org.xbill", "dns");
        library("org.conscrypt", "dkim");
    }

    private static void library(String library, String... rooms) {
        hold(noClasses()
                .that(DescribedPredicate.not(in(List.of(rooms))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + ".."));
    }

    @Test
    void time_comes_from_an_injected_clock() {
        hold(noClasses().should().callMethod(java.time.Instant.class, "now"));
        hold(noClasses().should().callMethod(java.time.LocalDate.class, "now"));
        hold(noClasses().should().callMethod(java.time.LocalDateTime.class, "now"));
        hold(noClasses().should().callMethod(java.time.ZonedDateTime.class, "now"));
        hold(noClasses().should().callMethod(System.class, "currentTimeMillis"));
        hold(noClasses().should().callConstructor(java.util.Date.class));
    }

    @Test
    void nobody_sleeps() {
        hold(noClasses().should().callMethod(Thread.class, "sleep", long.class));
        hold(noClasses().should().callMethod(Thread.class, "sleep", java.time.Duration.class));
    }

    @Test
    void only_the_terminal_rooms_print() {
        hold(noClasses()
                .that(DescribedPredicate.not(in(List.of("cli", "demo"))))
                .and()
                .resideOutsideOfPackage("io.broadsheet")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err"));
    }

    @Test
    void names_say_what_a_thing_is() {
        hold(classes()
                .that()
                .areTopLevelClasses()
                .should()
                .haveNameNotMatching(".*(Manager|Helper|Util|Utils|Impl|Service|Handler|Processor|Data|Info)")
                .andShould()
                .haveNameNotMatching(".*\\.(Abstract[A-Z]|I[A-Z][a-z]).*"));
    }

    @Test
    void every_package_says_what_it_is_for_and_is_null_marked() throws IOException {
        List<String> without = new ArrayList<>();
        for (Path folder : under("src/main/java/io/broadsheet", Files::isDirectory)) {
            boolean holdsCode = !directly(folder, ".java").isEmpty();
            Path about = folder.resolve("package-info.java");
            boolean root = folder.endsWith("broadsheet");
            if (holdsCode
                    && !root
                    && (!Files.exists(about) || !Files.readString(about).contains("@NullMarked"))) {
                without.add(folder.toString());
            }
        }
        assertThat(without).isEmpty();
    }

    @Test
    void no_file_is_over_400_lines_without_a_reason() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : under("src", path -> path.toString().endsWith(".java"))) {
            int lines = Files.readAllLines(file).size();
            if (lines > 400 && !LONG_FILES.containsKey(file.getFileName().toString())) {
                tooLong.add(file + " has " + lines);
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void no_test_sleeps() throws IOException {
        List<String> sleeping = new ArrayList<>();
        for (Path file : under("src/test", path -> path.toString().endsWith(".java"))) {
            if (Files.readString(file).contains("Thread" + ".sleep")) {
                sleeping.add(file.toString());
            }
        }
        assertThat(sleeping).isEmpty();
    }

    private static List<Path> under(String folder, java.util.function.Predicate<Path> which) throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(folder))) {
            return all.filter(which).sorted().toList();
        }
    }

    private static List<Path> directly(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(path -> path.toString().endsWith(ending)).toList();
        }
    }

    private static DescribedPredicate<JavaClass> in(List<String> rooms) {
        String[] packages = rooms.stream().map(room -> ROOT + room + "..").toArray(String[]::new);
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> enclosedIn(String ending) {
        return DescribedPredicate.describe("within a class named *" + ending, inner -> {
            String outermost = inner.getName().replaceFirst("\\$.*", "");
            return outermost.endsWith(ending);
        });
    }

    private static void hold(ArchRule rule) {
        rule.allowEmptyShould(true).check(OURS);
    }
}
