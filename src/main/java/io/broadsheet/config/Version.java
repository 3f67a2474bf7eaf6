package io.broadsheet.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of the program this is. */
public final class Version {
    private Version() {}

    /** As the build set it, such as {@code 0.1.0}; {@code unknown} where classes run without one. */
    public static String number() {
        Properties build = new Properties();
        try (InputStream in = Version.class.getResourceAsStream("/broadsheet-build.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a file of our own jar", e);
        }
        return build.getProperty("version", "unknown");
    }
}
