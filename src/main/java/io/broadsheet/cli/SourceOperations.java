package io.broadsheet.cli;

import io.broadsheet.provision.AddSources;
import io.broadsheet.source.Discover;
import io.broadsheet.source.PauseSource;
import io.broadsheet.source.ShowSources;
import io.broadsheet.source.TestSource;

/** What the {@code source} commands call. */
public record SourceOperations(
        ShowSources show, PauseSource pause, TestSource test, Discover discover, AddSources add) {}
