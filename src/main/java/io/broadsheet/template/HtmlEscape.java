package io.broadsheet.template;

/** Makes text safe inside HTML elements and quoted attributes. */
public final class HtmlEscape {
    private HtmlEscape() {}

    /** The text with {@code & < > " '} as character references; all else as it is. */
    public static String of(String text) {
        StringBuilder html = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&#34;");
                case '\'' -> html.append("&#39;");
                default -> html.append(c);
            }
        }
        return html.toString();
    }
}
