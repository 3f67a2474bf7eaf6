package io.broadsheet.config;

import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An installation's folder: {@code config/}, {@code templates/}, {@code feeds/}, {@code data/}. No other code names a path in it.
 *
 * @param folder absolute and normal
 */
public record Home(Path folder) {
    /** File in {@code config/} with the site, server, database, mail and fetch settings. */
    public static final String SETTINGS = "broadsheet.yml";
    /** File in {@code config/} with the places that articles come from. */
    public static final String SOURCES = "sources.yml";
    /** File in {@code config/} with the feeds we publish. */
    public static final String FEEDS = "feeds.yml";
    /** File in {@code config/} with the newsletters and their cadences. */
    public static final String NEWSLETTERS = "newsletters.yml";

    /** File in {@code config/} with the ways out for mail, where there is more than {@code mail.smtp}. */
    public static final String SENDERS = "senders.yml";

    private static final String SQLITE = "jdbc:sqlite:";

    public Home {
        folder = folder.toAbsolutePath().normalize();
    }

    public static Home at(Path folder) {
        return new Home(folder);
    }

    /** The definition files by name, in the order they are read and reported. */
    public static Stream<String> configFiles() {
        return Stream.of(SETTINGS, SOURCES, FEEDS, NEWSLETTERS, SENDERS);
    }

    /** @param name such as {@link #SOURCES} */
    public Path config(String name) {
        return folder.resolve("config").resolve(name);
    }

    public Path templates() {
        return folder.resolve("templates");
    }

    /** What we publish: {@code NAME.rss}, {@code NAME.atom}, {@code NAME.json}. */
    public Path feeds() {
        return folder.resolve("feeds");
    }

    /** Pictures that we publish, each called by the hash of its bytes. */
    public Path media() {
        return feeds().resolve("media");
    }

    /** The OS lock of whoever writes {@link #feeds}. */
    public Path feedsLock() {
        return data().resolve("feeds.lock");
    }

    /** The database, the secret, locks and what else must outlive a restart. */
    public Path data() {
        return folder.resolve("data");
    }

    /** What other domains ask of those who send them mail, as it was fetched (MTA-STS); may be deleted. */
    public Path mailPolicies() {
        return data().resolve("mta-sts");
    }

    /** The key of tokens and Message-IDs, made on first start; mode 0600. */
    public Path secret() {
        return data().resolve("secret");
    }

    /** Where a running {@code serve} writes the addresses it is bound to. */
    public Path serveJson() {
        return data().resolve("serve.json");
    }

    /**
     * A path that config names: relative ones start at the home.
     *
     * @throws InvalidPathException when the file system cannot name such a file
     */
    public Path resolve(String path) {
        return folder.resolve(path).normalize();
    }

    /** A JDBC URL ready for use: the file of a SQLite URL starts at the home, any other URL is left as it is. */
    public String databaseUrl(String url) {
        if (!url.startsWith(SQLITE)) {
            return url;
        }
        return SQLITE + resolve(url.substring(SQLITE.length()));
    }

    /**
     * A template's source: the home's own, or else the shipped one.
     *
     * @param name relative to {@code templates/}, such as {@code mail/digest/html.vm}
     */
    public Optional<URL> template(String name) {
        Path own = templates().resolve(name).normalize();
        if (own.startsWith(templates()) && Files.isRegularFile(own)) {
            try {
                return Optional.of(own.toUri().toURL());
            } catch (IOException e) {
                throw new IllegalStateException("a file URL is always a URL", e);
            }
        }
        @Nullable URL shipped = Home.class.getResource("/shipped/templates/" + name);
        return Optional.ofNullable(shipped);
    }

    /** Which of {@code html.vm} and {@code text.vm} a mail template lacks, in the home and among the shipped ones. */
    public List<String> missingMailParts(String template) {
        return Stream.of("html.vm", "text.vm")
                .filter(part -> template("mail/" + template + "/" + part).isEmpty())
                .toList();
    }

    /** The mail templates of the home and the shipped digest, by name. */
    public Set<String> mailTemplates() {
        Set<String> names = new TreeSet<>(Set.of("digest"));
        Path mail = templates().resolve("mail");
        if (Files.isDirectory(mail)) {
            try (Stream<Path> folders = Files.list(mail)) {
                folders.filter(Files::isDirectory)
                        .forEach(folder -> names.add(folder.getFileName().toString()));
            } catch (IOException e) {
                throw new OutsideError(mail + ": cannot be listed; check its rights", false, e);
            }
        }
        return names;
    }

    /** This home's name for a file in it, with slashes: {@code config/sources.yml}. */
    public String relative(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    /**
     * This home, when there is one: a folder with {@code config/} in it, whatever else is missing.
     *
     * @throws UserError when there is none, so that a mistyped folder doesn't become an empty installation
     */
    public Home expectThere() {
        if (!Files.isDirectory(folder.resolve("config"))) {
            throw new UserError(
                    folder + ": no home is there, as it has no config folder; name one with --home, or make one with"
                            + " 'broadsheet init DIR'");
        }
        return this;
    }

    /**
     * Makes the home's folders where they are missing. Safe to repeat.
     *
     * @throws OutsideError when the file system refuses
     */
    public Home create() {
        for (Path wanted : new Path[] {folder.resolve("config"), templates(), feeds(), data()}) {
            try {
                Files.createDirectories(wanted);
            } catch (IOException e) {
                throw new OutsideError(wanted + ": cannot be made; give this user the right to write there", false, e);
            }
        }
        return this;
    }
}
