package io.broadsheet.edition;

/** What all recipients of one variant share: all of a {@link DigestView} but its personal values. */
public record DigestContent(SiteView site, NewsletterView newsletter, EditionView edition) {
    DigestView forReader(Personal personal) {
        return new DigestView(site, newsletter, edition, personal.reader(), personal.links());
    }
}
