package io.broadsheet.template;

import java.io.StringWriter;
import java.io.Writer;

/** Collects what a template writes, up to a limit. Used by one thread. */
final class BoundedOutput extends Writer {
    /** A page of 4 million characters serves nobody; a mail is clipped at 102 KB. */
    private static final int CHARACTERS_MAX = 4_000_000;

    private final String template;
    private final StringWriter out = new StringWriter();

    BoundedOutput(String template) {
        this.template = template;
    }

    @Override
    public void write(char[] characters, int from, int count) {
        if (out.getBuffer().length() + count > CHARACTERS_MAX) {
            throw TemplateFault.in(
                    template, "it writes more than " + CHARACTERS_MAX + " characters; show less of each article");
        }
        out.write(characters, from, count);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    @Override
    public String toString() {
        return out.toString();
    }
}
