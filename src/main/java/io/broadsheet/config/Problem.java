package io.broadsheet.config;

/**
 * One thing wrong in a file of the home.
 *
 * @param file relative to the home, with slashes, such as {@code config/newsletters.yml}
 * @param line from 1
 * @param message what is wrong and the mend, in one line
 */
public record Problem(String file, int line, String message) {
    /** As the command line shows it: {@code config/newsletters.yml:14: unknown key 'tempalte'; did you mean 'template'?}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}
