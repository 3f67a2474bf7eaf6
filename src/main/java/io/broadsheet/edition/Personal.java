package io.broadsheet.edition;

/** The values that differ from one recipient of a variant to the next. */
public record Personal(ReaderView reader, LinksView links) {}
