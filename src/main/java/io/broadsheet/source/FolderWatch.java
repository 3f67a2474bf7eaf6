package io.broadsheet.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows in which folders of sources something changed, as the file system tells it, so that a file is news within a second. Where the file system tells
 * nothing (some network mounts), the regular visits are what there is. Safe for several threads, because they take turns.
 */
public final class FolderWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(FolderWatch.class);
    private static final WatchEvent.Kind<?>[] KINDS = {
        StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE
    };
    /** Of all folders together: the system gives each of its users a limited number. */
    private static final int FOLDERS_MAX = 1_000;

    private final Path home;
    private final @Nullable WatchService service;
    private final Map<WatchKey, Place> places = new HashMap<>();
    /** Of sources whose folder is not there, or not watched yet. */
    private final Map<String, Path> unwatched = new HashMap<>();

    /** @param inner whether it lies in the source's folder, and is no further looked into */
    private record Place(String source, Path folder, boolean inner) {}

    /** @param home what the paths of sources are relative to */
    public FolderWatch(Path home) {
        this.home = home.normalize();
        this.service = service();
    }

    private static @Nullable WatchService service() {
        try {
            return FileSystems.getDefault().newWatchService();
        } catch (IOException | UnsupportedOperationException e) {
            log.atWarn()
                    .setCause(e)
                    .log("folders can't be watched here; they are looked through at regular visits only");
            return null;
        }
    }

    /** Watches the folders of these sources from now on, and no others. */
    public synchronized void watch(List<SourceDefinition> sources) {
        places.keySet().forEach(WatchKey::cancel);
        places.clear();
        unwatched.clear();
        for (SourceDefinition source : sources) {
            Path folder =
                    source.path() == null ? home : home.resolve(source.path()).normalize();
            if (source.kind() == SourceDefinition.Kind.FOLDER && folder.startsWith(home)) {
                unwatched.put(source.name(), folder);
            }
        }
        begin();
    }

    /** The names of the sources in whose folders something changed since the last call. Answers at once. */
    public synchronized Set<String> changed() {
        Set<String> changed = new LinkedHashSet<>();
        if (service == null) {
            return changed;
        }
        try {
            for (WatchKey key = service.poll(); key != null; key = service.poll()) {
                Place place = places.get(key);
                List<WatchEvent<?>> events = key.pollEvents();
                if (place == null) {
                    continue;
                }
                changed.add(place.source());
                if (!place.inner()) {
                    events.forEach(event -> lookInto(place, event));
                }
                if (!key.reset()) {
                    places.remove(key);
                    if (!place.inner()) {
                        unwatched.put(place.source(), place.folder());
                    }
                }
            }
        } catch (ClosedWatchServiceException e) {
            // Stopping: nobody wants to know any more.
            return Set.of();
        }
        changed.addAll(begin());
        return changed;
    }

    /** Begins to watch the folders that came into being; answers whose they are. */
    private Set<String> begin() {
        Set<String> begun = new LinkedHashSet<>();
        Map.copyOf(unwatched).forEach((source, folder) -> {
            if (Files.isDirectory(folder) && register(new Place(source, folder, false))) {
                unwatched.remove(source);
                begun.add(source);
                try (Stream<Path> inner = Files.list(folder)) {
                    inner.filter(FolderWatch::isFolder).forEach(one -> register(new Place(source, one, true)));
                } catch (IOException | UncheckedIOException e) {
                    log.atDebug().setCause(e).log("a folder in '{}' is not watched; regular visits see it", source);
                }
            }
        });
        return begun;
    }

    private void lookInto(Place place, WatchEvent<?> event) {
        if (event.context() instanceof Path name && isFolder(place.folder().resolve(name))) {
            register(new Place(place.source(), place.folder().resolve(name), true));
        }
    }

    /** A link could lead out of the home. */
    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    private boolean register(Place place) {
        if (service == null || places.size() >= FOLDERS_MAX) {
            return false;
        }
        try {
            places.put(place.folder().register(service, KINDS), place);
            return true;
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a folder of '{}' is not watched; regular visits see it", place.source());
            return false;
        }
    }

    @Override
    public synchronized void close() {
        if (service == null) {
            return;
        }
        try {
            service.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("the watch on folders did not close");
        }
    }
}
