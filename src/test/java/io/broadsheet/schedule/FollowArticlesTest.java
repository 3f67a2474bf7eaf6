package io.broadsheet.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FollowArticlesTest {
    private final AtomicReference<Optional<String>> mark = new AtomicReference<>(Optional.empty());
    private final AtomicInteger followed = new AtomicInteger();

    @Test
    void a_home_without_an_article_is_followed_up_once() {
        FollowArticles follow = new FollowArticles(mark::get, followed::incrementAndGet);

        follow.look();
        follow.look();
        follow.look();

        assertThat(followed).hasValue(1);
    }

    @Test
    void each_change_is_followed_up_once() {
        FollowArticles follow = new FollowArticles(mark::get, followed::incrementAndGet);
        follow.look();

        mark.set(Optional.of("7"));
        follow.look();
        follow.look();

        assertThat(followed).hasValue(2);
    }

    @Test
    void what_failed_is_done_again() {
        FollowArticles follow = new FollowArticles(mark::get, () -> {
            if (followed.incrementAndGet() == 1) {
                throw new IllegalStateException("the disk is full");
            }
        });

        assertThatThrownBy(follow::look).hasMessage("the disk is full");
        follow.look();
        follow.look();

        assertThat(followed).hasValue(2);
    }
}
