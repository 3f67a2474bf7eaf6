package io.broadsheet.feed;

/** The beginning of a text. */
final class Excerpt {
    private Excerpt() {}

    /** The text, or its beginning up to a word's end with an ellipsis, at most {@code charactersMax} long without it. */
    static String of(String text, int charactersMax) {
        if (text.length() <= charactersMax) {
            return text;
        }
        int space = text.lastIndexOf(' ', charactersMax);
        int end = space > charactersMax / 2 ? space : charactersMax;
        boolean splitsPair = Character.isHighSurrogate(text.charAt(end - 1));
        return text.substring(0, splitsPair ? end - 1 : end) + "…";
    }
}
