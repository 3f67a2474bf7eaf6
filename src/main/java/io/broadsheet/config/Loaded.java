package io.broadsheet.config;

import io.broadsheet.error.UserError;
import java.util.List;

/**
 * What was read, and all that was wrong with it. With problems the value holds stand-ins where something was missing or unreadable: good for
 * cross-checks, not for use.
 *
 * @param problems in the order of their lines
 */
public record Loaded<T>(T value, List<Problem> problems) {
    public Loaded {
        problems = List.copyOf(problems);
    }

    /** @throws UserError naming every problem, when there is one */
    public T orThrow() {
        if (!problems.isEmpty()) {
            throw new UserError(problems.stream().map(Problem::toString).toList());
        }
        return value;
    }
}
