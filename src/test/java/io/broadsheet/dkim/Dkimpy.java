package io.broadsheet.dkim;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The second opinion on our signatures: dkimpy, in a Python process. Where it isn't installed the test is left out, and says so. */
final class Dkimpy {
    /** Reads records as "name TAB text" lines, an empty line, and one message; prints for each signature whether it holds. */
    private static final String PROGRAM = """
            import sys, dkim
            head, message = sys.stdin.buffer.read().split(b'\\n\\n', 1)
            records = dict(line.split(b'\\t') for line in head.split(b'\\n'))
            answer = lambda name, timeout=5: records.get((name if isinstance(name, bytes) else name.encode()).rstrip(b'.'))
            count = message.split(b'\\r\\n\\r\\n')[0].lower().count(b'dkim-signature:')
            for i in range(count):
                try:
                    print('holds' if dkim.DKIM(message).verify(idx=i, dnsfunc=answer) else 'fails')
                except Exception as e:
                    print('fails', e)
            """;

    private Dkimpy() {}

    /** One line a signature, topmost first: {@code holds}, or {@code fails} and why. */
    static List<String> verify(byte[] message, List<DkimKey> published) {
        StringBuilder records = new StringBuilder();
        published.forEach(key -> records.append(records.length() == 0 ? "" : "\n")
                .append(key.record().name())
                .append('\t')
                .append(key.record().text()));
        return run(python(), PROGRAM, records.append("\n\n").toString().getBytes(StandardCharsets.UTF_8), message);
    }

    /** The first Python that has it: the one of the path, or the system's, for which distributions package it. */
    private static String python() {
        Optional<String> found = Stream.of("python3", "/usr/bin/python3")
                .filter(python ->
                        run(python, "import dkim, nacl; print('here')").equals(List.of("here")))
                .findFirst();
        if (found.isEmpty() && "required".equals(System.getenv("BROADSHEET_TEST_MAILHOST"))) {
            throw new AssertionError("dkimpy is not installed: apt-get install python3-dkim python3-nacl");
        }
        if (found.isEmpty()) {
            System.out.println("left out: no second opinion on signatures; apt-get install python3-dkim python3-nacl");
        }
        Assumptions.assumeTrue(found.isPresent(), "python3 with dkimpy and pynacl");
        return found.orElseThrow();
    }

    private static List<String> run(String python, String program, byte[]... input) {
        try {
            Process process = new ProcessBuilder(python, "-c", program)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = process.getOutputStream()) {
                for (byte[] piece : input) {
                    in.write(piece);
                }
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            return List.of(); // there is no such program, or it ended before it read what it was told
        }
    }
}
