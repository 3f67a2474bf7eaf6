package io.broadsheet.schedule;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Does what follows when articles changed, whoever changed them: at the first look, and then once for each change. Used by one thread. */
public final class FollowArticles {
    private final Supplier<Optional<String>> mark;
    private final Runnable followUp;

    /** As of the last look; null before the first: no article is a mark too. */
    private @Nullable Optional<String> followed;

    /**
     * @param mark is another after each change; empty before the first article
     * @param followUp what follows; if it fails it is done again at the next look
     */
    public FollowArticles(Supplier<Optional<String>> mark, Runnable followUp) {
        this.mark = mark;
        this.followUp = followUp;
    }

    public void look() {
        Optional<String> now = mark.get();
        if (!now.equals(followed)) {
            followUp.run();
            followed = now;
        }
    }
}
