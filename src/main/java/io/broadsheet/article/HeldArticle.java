package io.broadsheet.article;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code article held}.
 *
 * @param id opaque
 * @param url of its page; absent when it has none
 * @param why one sentence
 */
public record HeldArticle(String id, String title, @Nullable String url, Instant since, String why) {}
