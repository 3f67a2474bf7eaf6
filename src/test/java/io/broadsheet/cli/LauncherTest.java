package io.broadsheet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher itself, in a copy of the tree's outline. Maven and Java are scripts here that write down what they are asked, because what is looked at
 * is when the launcher builds, what it starts, and what it says.
 */
class LauncherTest {
    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "cp",
            "date",
            "dirname",
            "find",
            "grep",
            "head",
            "ln",
            "mkdir",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "stty",
            "tail",
            "touch");

    @TempDir
    Path folder;

    private Path root;
    private Path tools;

    @BeforeEach
    void lay_out_a_tree() throws IOException {
        root = folder.resolve("a tree");
        tools = folder.resolve("tools");
        Files.createDirectories(root.resolve("src/main"));
        Files.createDirectories(root.resolve("templates"));
        Files.createDirectories(root.resolve("config"));
        Files.createDirectories(tools);
        Files.writeString(root.resolve("pom.xml"), "<project/>");
        Files.copy(Path.of("broadsheet"), root.resolve("broadsheet"), StandardCopyOption.COPY_ATTRIBUTES);
        for (String tool : TOOLS) {
            script(tool, "exec " + where(tool) + " \"$@\"\n");
        }
        java("17.0.9");
        mvn("""
                mkdir -p target/lib
                echo built >>target/builds
                sleep 0.3
                echo jar >target/broadsheet.jar
                echo lib >target/lib/part.jar
                """);
    }

    @Test
    void it_builds_at_the_first_start_and_not_at_the_second() throws Exception {
        Ended first = launch("check", "--home", "x y");
        Ended second = launch("check");

        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains("broadsheet: building (first start");
        assertThat(first.out()).contains("[check]", "[--home]", "[x y]");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void it_builds_again_when_a_source_is_newer_than_the_jar() throws Exception {
        launch("check");
        Path template = Files.writeString(root.resolve("templates/page.vm"), "new");
        Files.setLastModifiedTime(
                template,
                FileTime.from(Files.getLastModifiedTime(template).toInstant().plus(Duration.ofMinutes(1))));

        Ended again = launch("check");

        assertThat(again.err()).contains("broadsheet: building (its sources changed");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void what_runs_is_a_copy_that_the_next_build_leaves_alone() throws Exception {
        launch("check");
        Path running = runs().get(0).resolve("broadsheet.jar");
        mvn("echo other >target/broadsheet.jar");
        Files.delete(root.resolve("target/broadsheet.jar"));

        launch("check");

        assertThat(running).hasContent("jar");
        assertThat(runs()).hasSize(2);
    }

    @Test
    void it_runs_through_a_link_from_another_folder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a tree/broadsheet"));

        Ended ended = start(link, "version").waitFor();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.out()).contains("[version]");
    }

    @Test
    void a_failed_build_shows_its_errors_and_leaves_no_lock() throws Exception {
        mvn("echo '[INFO] much'; echo '[ERROR] Some.java:[3,1] a semicolon is missing'; exit 1");

        Ended ended = launch("check");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err())
                .contains("[ERROR] Some.java:[3,1]", "broadsheet: the build failed")
                .doesNotContain("[INFO]");
        assertThat(root.resolve("target/launcher.lock")).doesNotExist();
    }

    @Test
    void without_maven_and_without_a_jar_it_says_what_to_install() throws Exception {
        Files.delete(tools.resolve("mvn"));

        Ended ended = launch("check");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).hasLineCount(1).contains("install Maven");
    }

    @Test
    void without_maven_a_jar_that_is_there_runs_all_the_same() throws Exception {
        launch("check");
        Files.delete(tools.resolve("mvn"));
        Files.setLastModifiedTime(root.resolve("target/broadsheet.jar"), FileTime.fromMillis(1_000_000));

        Ended ended = launch("check");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.err()).contains("going on with the old jar");
    }

    @Test
    void a_java_that_is_too_old_is_named_with_the_mend() throws Exception {
        java("11.0.2");

        Ended ended = launch("check");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).hasLineCount(1).contains("is Java 11.0.2", "17 or newer", "JAVA_HOME");
    }

    @Test
    void without_any_java_it_says_what_to_install() throws Exception {
        Files.delete(tools.resolve("java"));

        Ended ended = launch("check");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).hasLineCount(1).contains("install Java 17");
    }

    @Test
    void two_starts_at_once_build_once() throws Exception {
        Started one = start(root.resolve("broadsheet"), "check");
        Started other = start(root.resolve("broadsheet"), "check");

        assertThat(List.of(one.waitFor().exitCode(), other.waitFor().exitCode()))
                .containsOnly(0);
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void a_lock_whose_holder_died_is_taken_over() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(root.resolve("target/launcher.lock"));
        Files.writeString(root.resolve("target/launcher.lock/pid"), dead.pid() + "\n");

        assertThat(launch("check").exitCode()).isZero();
    }

    @Test
    void short_commands_start_lean_and_a_server_gets_the_whole_compiler() throws Exception {
        launch("version");

        assertThat(launch("--home", "x", "feeds", "build").out()).contains("[-XX:TieredStopAtLevel=1]");
        assertThat(launch("--home", "x", "serve").out()).doesNotContain("TieredStopAtLevel", "UseSerialGC");
    }

    private Ended launch(String... args) throws IOException, InterruptedException {
        return start(root.resolve("broadsheet"), args).waitFor();
    }

    private Started start(Path launcher, String... args) throws IOException {
        List<String> command =
                Stream.concat(Stream.of(launcher.toString()), Stream.of(args)).toList();
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        return new Started(
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start(), out, err);
    }

    private record Started(Process process, Path out, Path err) {
        Ended waitFor() throws IOException, InterruptedException {
            int exitCode = process.waitFor();
            return new Ended(exitCode, Files.readString(out), Files.readString(err));
        }
    }

    private record Ended(int exitCode, String out, String err) {}

    private long builds() throws IOException {
        return Files.readAllLines(root.resolve("target/builds")).size();
    }

    private List<Path> runs() throws IOException {
        try (Stream<Path> all = Files.list(root.resolve("target/run"))) {
            return all.filter(Files::isDirectory).sorted().toList();
        }
    }

    private void java(String version) throws IOException {
        script("java", """
                [ "$1" != -version ] || { echo 'openjdk version "%s" 2024-01-01' >&2; exit; }
                for word; do printf '[%%s]' "$word"; done
                echo
                """.formatted(version));
    }

    private void mvn(String text) throws IOException {
        script("mvn", text);
    }

    private void script(String name, String text) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path where(String tool) {
        return Stream.of("/bin", "/usr/bin")
                .map(bin -> Path.of(bin, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
