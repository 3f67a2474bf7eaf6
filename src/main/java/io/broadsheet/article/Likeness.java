package io.broadsheet.article;

/**
 * How much two texts are alike, in parts of one.
 *
 * @param jaccard of their runs of four words, those that both have
 * @param containment of the runs of the one that has fewer, those that the other has too
 * @param title of the distinct words of their headlines, those that both have
 * @param figures of the figures in both texts, those that only one has
 * @param names of the names in the text that has fewer, those that the other put others in the place of
 */
public record Likeness(double jaccard, double containment, double title, double figures, double names) {}
