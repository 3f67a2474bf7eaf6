package io.broadsheet.edition;

/** All that a newsletter's mail template and its subject see: each part is a name, such as {@code $edition.articles}. */
public record DigestView(
        SiteView site, NewsletterView newsletter, EditionView edition, ReaderView reader, LinksView links) {}
