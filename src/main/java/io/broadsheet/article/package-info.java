/**
 * Which story is this, and is it news? Articles, sightings, revisions, identity, selections, and the operation that collects.
 *
 * <p>{@link io.broadsheet.article.Collect} visits sources and hands what they show to {@code TakeIn}, which tells stories apart by {@code Identity}
 * and decides by {@code News} what may be mailed. {@link io.broadsheet.article.ArticleStore} answers which articles a
 * {@link io.broadsheet.article.Selection} holds. The room promises that a story is one article, however many sources show it under whatever guid
 * and address, and that it becomes news once. Open {@code Identity} first.
 */
@NullMarked
package io.broadsheet.article;

import org.jspecify.annotations.NullMarked;
