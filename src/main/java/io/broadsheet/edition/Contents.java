package io.broadsheet.edition;

import io.broadsheet.article.Article;
import java.util.List;

/**
 * What one variant of an edition holds.
 *
 * @param articles what is shown, newest first
 * @param more how many articles are due but not shown
 * @param retractions what was taken back since it was mailed
 */
record Contents(List<Article> articles, int more, List<Retraction> retractions) {}
