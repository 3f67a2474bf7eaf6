package io.broadsheet.dkim;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
        expectInstalled();
        StringBuilder records = new StringBuilder();
        published.forEach(key -> records.append(records.length() == 0 ? "" : "\n")
                .append(key.record().name())
                .append('\t')
                .append(key.record().text()));
        return run(PROGRAM, records.append("\n\n").toString().getBytes(StandardCharsets.UTF_8), message);
    }

    private static void expectInstalled() {
        boolean there;
        try {
            there = run("import dkim, nacl; print('here')").equals(List.of("here"));
        } catch (IllegalStateException e) {
            there = false;
        }
        if (!there && "required".equals(System.getenv("BROADSHEET_TEST_DKIMPY"))) {
            throw new AssertionError("dkimpy and pynacl are not installed: pip install dkimpy pynacl");
        }
        if (!there) {
            System.out.println("left out: no second opinion on signatures, as python3 lacks dkimpy or pynacl");
        }
        Assumptions.assumeTrue(there, "python3 with dkimpy and pynacl");
    }

    private static List<String> run(String program, byte[]... input) {
        try {
            Process python = new ProcessBuilder("python3", "-c", program)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (OutputStream in = python.getOutputStream()) {
                for (byte[] piece : input) {
                    in.write(piece);
                }
            }
            return new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
