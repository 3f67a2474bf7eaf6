package io.broadsheet.edition;

/**
 * The newsletter, as mail templates see it under {@code $newsletter}.
 *
 * @param title shown to readers
 * @param name {@code [a-z0-9-]+}
 * @param description one sentence; empty when there is none
 * @param language BCP 47 tag of the mail around the articles
 * @param dir {@code ltr} or {@code rtl}, the way that language is written
 */
public record NewsletterView(String title, String name, String description, String language, String dir) {}
