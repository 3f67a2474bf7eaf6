package io.broadsheet.provision;

import java.util.List;

/**
 * What differed between the config files and the database.
 *
 * @param changes sources first, then feeds, then newsletters, each by name; empty when they agreed
 */
public record Applied(List<Change> changes) {
    public Applied {
        changes = List.copyOf(changes);
    }

    /**
     * One definition that differed.
     *
     * @param kind {@code source}, {@code feed} or {@code newsletter}
     * @param change {@code added}, {@code changed} or {@code removed}
     */
    public record Change(String kind, String name, String change) {}
}
