package io.broadsheet.whole;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A PostgreSQL cluster of the bench's own, from Debian's packages, with {@code fsync} and {@code synchronous_commit} on as they come. (The server
 * that tests use runs without fsync and must not be measured.) It can be stopped hard and started again.
 */
final class DebianPostgres implements AutoCloseable {
    private final Path folder;
    private final Path programs;
    private final int port;

    DebianPostgres() throws IOException, InterruptedException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            this.programs =
                    versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
        }
        this.folder = Files.createTempDirectory("broadsheet-pg");
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        run(List.of("chown", "postgres:", folder.toString()));
        as("initdb", "-D", data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        start();
        as("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "postgres", "broadsheet");
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/broadsheet?user=postgres";
    }

    void start() throws IOException, InterruptedException {
        String options = "-p " + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder
                + System.getProperty("broadsheet.postgres-options", "");
        as("pg_ctl", "-D", data(), "-w", "-s", "-l", folder + "/log", "-o", options, "start");
    }

    /** As a crash does: no checkpoint, every connection broken off. */
    void crash() throws IOException, InterruptedException {
        as("pg_ctl", "-D", data(), "-s", "-m", "immediate", "stop");
    }

    /** The bytes of its database. */
    long size() throws IOException, InterruptedException {
        String said = as(
                "psql",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-U",
                "postgres",
                "-At",
                "-c",
                "select pg_database_size('broadsheet')");
        return Long.parseLong(said.strip());
    }

    private String data() {
        return folder + "/data";
    }

    /** Runs one of its programs as the user that it insists on. */
    private String as(String program, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("setpriv", "--reuid=postgres", "--regid=postgres"));
        command.add("--clear-groups");
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(args));
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        Path said = Files.createTempFile("broadsheet-pg", "said");
        Process process = new ProcessBuilder(command)
                .directory(new java.io.File("/"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int exit = process.waitFor();
        String output = Files.readString(said);
        Files.delete(said);
        if (exit != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + output);
        }
        return output;
    }

    @Override
    public void close() throws IOException {
        try {
            crash();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
