package io.broadsheet.edition;

import io.broadsheet.article.ArticleId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one reader gets of an edition; readers whose shares are equal share a variant.
 *
 * @param articles newest first; empty: nothing is due
 * @param language BCP 47 tag of the mail around the articles; absent: the newsletter's
 * @param fingerprint of both
 */
record Share(List<ArticleId> articles, @Nullable String language, String fingerprint) {
    /** Of a hash of 256 bits: no two shares of one edition will ever meet. */
    private static final int FINGERPRINT_BYTES = 16;

    static Share of(List<ArticleId> articles, @Nullable String language) {
        return new Share(List.copyOf(articles), language, fingerprint(articles, language));
    }

    boolean isEmpty() {
        return articles.isEmpty();
    }

    private static String fingerprint(List<ArticleId> articles, @Nullable String language) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer list = ByteBuffer.allocate(articles.size() * Long.BYTES);
            articles.forEach(article -> list.putLong(article.value()));
            digest.update(list.array());
            digest.update((language == null ? "" : language).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
