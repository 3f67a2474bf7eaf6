package io.broadsheet.web.site;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;

/** The style sheet of the public pages, as it was built in. */
final class Style {
    static final String PATH = "/assets/site.css";
    /** Part of its address, so that browsers may keep it for good. */
    static final String VERSION;

    private static final byte[] CSS;

    static {
        try (InputStream in = Style.class.getResourceAsStream("/web/site.css")) {
            if (in == null) {
                throw new IllegalStateException("web/site.css was not built in");
            }
            CSS = in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("web/site.css can't be read", e);
        }
        CRC32 sum = new CRC32();
        sum.update(CSS);
        VERSION = Long.toHexString(sum.getValue());
    }

    private Style() {}

    static byte[] css() {
        return CSS.clone();
    }
}
