package io.broadsheet.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostTurnsTest {
    private final HostTurns turns = new HostTurns(host -> host.equals("own.example.org"));
    private long ids;

    @Test
    void hosts_take_turns_and_few_visits_go_to_one_at_a_time() {
        add("a1", "https://a.example.org/1");
        add("a2", "https://a.example.org/2");
        add("a3", "https://a.example.org/3");
        Source b = add("b1", "https://b.example.org/1");

        List<String> first = allThatMayGo();
        turns.done(b);
        List<String> afterAnother = allThatMayGo();

        assertThat(first).containsExactly("a1", "b1", "a2");
        assertThat(afterAnother).isEmpty();
    }

    @Test
    void when_a_visit_to_a_host_ended_its_next_one_may_begin() {
        Source first = add("a1", "https://a.example.org/1");
        add("a2", "https://a.example.org/2");
        add("a3", "https://a.example.org/3");
        allThatMayGo();

        turns.done(first);

        assertThat(allThatMayGo()).containsExactly("a3");
    }

    @Test
    void folders_and_hosts_of_our_own_need_no_patience() {
        add("f1", null);
        add("f2", null);
        add("f3", null);
        add("o1", "http://own.example.org/1");
        add("o2", "http://own.example.org/2");
        add("o3", "http://own.example.org/3");

        assertThat(allThatMayGo()).containsExactlyInAnyOrder("f1", "f2", "f3", "o1", "o2", "o3");
    }

    private List<String> allThatMayGo() {
        List<String> names = new ArrayList<>();
        for (Source next = turns.next(); next != null; next = turns.next()) {
            names.add(next.name());
        }
        return names;
    }

    private Source add(String name, @Nullable String url) {
        SourceDefinition definition = new SourceDefinition(
                name,
                url == null ? SourceDefinition.Kind.FOLDER : SourceDefinition.Kind.FEED,
                url,
                url == null ? name : null,
                null,
                List.of(),
                0,
                null,
                null);
        Source source = new Source(
                new SourceId(++ids),
                definition,
                true,
                Instant.EPOCH,
                null,
                FetchState.NEW,
                null,
                null,
                Instant.EPOCH,
                null,
                0,
                null,
                GuidTrust.NEW,
                new NewsRate(0, 0, 0));
        turns.add(source);
        return source;
    }
}
