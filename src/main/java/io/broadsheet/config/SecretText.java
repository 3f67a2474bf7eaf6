package io.broadsheet.config;

import io.broadsheet.error.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Follows <code>${NAME}</code> to the environment and {@code file:PATH} to a file of the home. Its errors name the place, never the value. */
final class SecretText {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");
    private static final String FILE = "file:";
    private static final int BYTES_MAX = 64 * 1024; // a secret is a line; a wrong path may be anything

    private SecretText() {}

    static String resolve(Reading reading, String written) {
        if (written.startsWith(FILE)) {
            return file(reading.home, written.substring(FILE.length()));
        }
        Matcher variable = VARIABLE.matcher(written);
        StringBuilder resolved = new StringBuilder();
        while (variable.find()) {
            String name = variable.group(1);
            @Nullable String value = reading.environment.apply(name);
            if (value == null || value.isEmpty()) {
                throw new UserError("the environment variable " + name + " is not set; set it before the start");
            }
            variable.appendReplacement(resolved, Matcher.quoteReplacement(value));
        }
        return variable.appendTail(resolved).toString();
    }

    private static String file(Home home, String path) {
        try {
            Path file = home.resolve(path);
            if (!Files.isRegularFile(file)) {
                throw new UserError("the file " + file + " is not there; write the secret into it, mode 0600");
            }
            if (Files.size(file) > BYTES_MAX) {
                throw new UserError("the file " + file + " is larger than 64 KiB; a secret is one line");
            }
            String secret = Files.readString(file).strip();
            if (secret.isEmpty()) {
                throw new UserError("the file " + file + " is empty; write the secret into it");
            }
            return secret;
        } catch (InvalidPathException | IOException e) {
            throw new UserError(
                    "the file " + path + " cannot be read (" + e.getClass().getSimpleName() + "); check its rights");
        }
    }
}
