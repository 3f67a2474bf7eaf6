package io.broadsheet.edition;

/**
 * The installation, as templates see it under {@code $site}.
 *
 * @param title its name, such as {@code Example Newsroom}
 * @param url public base of its pages, without a slash at the end
 * @param postalAddress where it can be written to, in one line; empty when none is configured
 */
public record SiteView(String title, String url, String postalAddress) {}
