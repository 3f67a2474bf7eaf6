package io.broadsheet.source;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import org.jdom2.Content;
import org.jdom2.Element;
import org.jdom2.Text;
import org.jspecify.annotations.Nullable;

/**
 * Mends text that was UTF-8, was taken for Windows-1252 by the program that made the feed, and was written as UTF-8 once more: {@code Ã©} for
 * {@code é}. A text is mended only as a whole, when all of it is such; by chance that does not happen in text of any length. Used for one document.
 */
final class Mojibake {
    private final Notes notes;
    private final CharsetEncoder encoder = Charsets.WINDOWS_1252.newEncoder();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();

    Mojibake(Notes notes) {
        this.notes = notes;
    }

    /** All text within the element. Recursive, which the mender's limit of depth makes safe. */
    void mend(Element element) {
        for (Content content : element.getContent()) {
            if (content instanceof Element child) {
                mend(child);
            } else if (content instanceof Text text) {
                String meant = meant(text.getText());
                if (meant != null) {
                    text.setText(meant);
                    notes.add("text that was put into UTF-8 twice was put right");
                }
            }
        }
    }

    /** What the text says, or null where it says what it means. */
    @Nullable
    String meant(String text) {
        if (text.chars().noneMatch(c -> c >= 0xC2 && c <= 0xF4)) {
            return null;
        }
        try {
            ByteBuffer bytes = encoder.reset().encode(CharBuffer.wrap(text));
            return decoder.reset().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
