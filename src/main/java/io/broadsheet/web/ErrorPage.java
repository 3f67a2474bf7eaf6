package io.broadsheet.web;

/** How a request that went wrong is answered in words. */
public interface ErrorPage {
    /** One line of plain text. */
    ErrorPage PLAIN = new ErrorPage() {
        @Override
        public String mediaType() {
            return "text/plain; charset=utf-8";
        }

        @Override
        public String write(int status, String heading, String message) {
            return status + " " + heading + ": " + message + "\n";
        }
    };

    /** Of what {@link #write} writes. */
    String mediaType();

    /**
     * The page.
     *
     * @param heading what happened, in a few words
     * @param message what the visitor can do
     * @throws IllegalStateException when the page's own template is broken; then plain text serves
     */
    String write(int status, String heading, String message);
}
