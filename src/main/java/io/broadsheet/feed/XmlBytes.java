package io.broadsheet.feed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jdom2.Document;
import org.jdom2.output.Format;
import org.jdom2.output.XMLOutputter;

/** An XML document as bytes, the same on every machine: UTF-8, indented, lines end in LF. */
final class XmlBytes {
    private XmlBytes() {}

    static byte[] of(Document document) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        // Text is trimmed at its ends only, so that what readers get is what was collected.
        Format format = Format.getPrettyFormat()
                .setEncoding("UTF-8")
                .setLineSeparator("\n")
                .setIndent("  ")
                .setTextMode(Format.TextMode.TRIM);
        try {
            new XMLOutputter(format).output(document, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        return bytes.toByteArray();
    }
}
