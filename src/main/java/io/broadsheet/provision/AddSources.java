package io.broadsheet.provision;

import io.broadsheet.config.Home;
import io.broadsheet.config.Loaded;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import io.broadsheet.json.Json;
import io.broadsheet.source.SourceDefinition;
import io.broadsheet.source.SourceDefinitions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds sources to the end of {@code config/sources.yml}, whose every other sign stays, and applies it. When that fails the file is as it was. A source
 * whose URL is in the file already is passed over, so a second call adds nothing.
 */
public final class AddSources {
    private static final int NAME_MAX = 40;

    private final Home home;
    private final Apply apply;

    public AddSources(Home home, Apply apply) {
        this.home = home;
        this.apply = apply;
    }

    /**
     * One source to add.
     *
     * @param name absent: made from its title, or its URL
     * @param title that is a name already, as our own export has it, is taken as it is
     */
    public record Wanted(
            @Nullable String name, @Nullable String title, SourceDefinition.Kind kind, String url, List<String> tags) {}

    /**
     * What came of it.
     *
     * @param added names in the order of what was wanted
     * @param present URLs that were in the file before
     */
    public record Added(List<String> added, List<String> present) {}

    /** @throws UserError when the file has problems, a name is taken, or can't be one; nothing was changed then */
    public Added add(List<Wanted> wanted) {
        List<SourceDefinition> before = SourceDefinitions.read(home).orThrow();
        Set<String> names = new HashSet<>();
        Set<String> urls = new HashSet<>();
        before.forEach(source -> {
            names.add(source.name());
            urls.add(String.valueOf(source.url()));
        });
        StringBuilder text = new StringBuilder();
        List<String> added = new ArrayList<>();
        List<String> present = new ArrayList<>();
        for (Wanted source : wanted) {
            if (!urls.add(source.url())) {
                present.add(source.url());
                continue;
            }
            String name = name(source, names);
            names.add(name);
            added.add(name);
            text.append("\n- name: ")
                    .append(name)
                    .append("\n  kind: ")
                    .append(source.kind().name().toLowerCase(Locale.ROOT))
                    .append("\n  url: ")
                    .append(quoted(source.url()))
                    .append('\n');
            if (!source.tags().isEmpty()) {
                // A list in JSON is one in YAML, whatever is in its texts.
                text.append("  tags: ").append(Json.write(source.tags())).append('\n');
            }
        }
        if (!added.isEmpty()) {
            write(text.toString(), before.size() + added.size());
        }
        return new Added(added, present);
    }

    /** @throws UserError when the wanted name is taken or can't be one */
    private static String name(Wanted source, Set<String> taken) {
        String wanted = source.name();
        if (wanted != null) {
            if (!wanted.matches("[a-z0-9-]+")) {
                throw new UserError("--name: '" + wanted + "' can't be a name; use a-z, 0-9 and '-'");
            }
            if (taken.contains(wanted)) {
                throw new UserError("--name: there is a source named '" + wanted + "'; choose another name");
            }
            return wanted;
        }
        String title = source.title() == null ? "" : source.title();
        boolean isName = title.matches("[a-z0-9][a-z0-9-]{0,99}");
        String base = isName ? title : plain(title);
        if (!isName && base.length() < 3) {
            base = plain(source.url().replaceFirst("(?i)^https?://(?:www\\.)?([^/?#]*).*$", "$1"));
        }
        String name = base.isEmpty() ? "source" : base;
        for (int number = 2; taken.contains(name); number++) {
            name = base + "-" + number;
        }
        return name;
    }

    private static String plain(String text) {
        String plain = java.text.Normalizer.normalize(text.toLowerCase(Locale.ROOT), java.text.Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", "-");
        String shortened = plain.length() > NAME_MAX ? plain.substring(0, NAME_MAX) : plain;
        return shortened.replaceAll("^-+|-+$", "");
    }

    /** YAML of one line, whatever is in it: a double-quoted scalar. */
    private static String quoted(String url) {
        return url.matches("https?://[A-Za-z0-9._~:/?&=%+@!$()*,;-]*[A-Za-z0-9/_=-]")
                ? url
                : "\"" + url.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private void write(String text, int expected) {
        Path file = home.config(Home.SOURCES);
        byte[] before;
        try {
            before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            boolean ended = before.length == 0 || before[before.length - 1] == '\n';
            Files.writeString(file, new String(before, StandardCharsets.UTF_8) + (ended ? "" : "\n") + text);
        } catch (IOException e) {
            throw new OutsideError(home.relative(file) + ": can't be written; check its rights", false, e);
        }
        try {
            Loaded<List<SourceDefinition>> after = SourceDefinitions.read(home);
            if (!after.problems().isEmpty() || after.orThrow().size() != expected) {
                throw new UserError(
                        home.relative(file)
                                + ": can't be added to at its end; write its entries as a list of lines that begin with '- name:'");
            }
            apply.apply();
        } catch (RuntimeException e) {
            restore(file, before, e);
            throw e;
        }
    }

    private void restore(Path file, byte[] before, RuntimeException cause) {
        try {
            Files.write(file, before);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}
