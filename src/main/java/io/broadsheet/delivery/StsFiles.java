package io.broadsheet.delivery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetched MTA-STS policies, one small file a domain, and the latest used ones in memory. Safe for several threads, as long as no two keep the same
 * domain's at once.
 */
final class StsFiles {
    private static final Logger log = LoggerFactory.getLogger(StsFiles.class);
    private static final int MEMORY_MAX = 10_000;

    private final Path folder;
    private final Map<String, Optional<Kept>> memory =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Optional<Kept>> eldest) {
                    return size() > MEMORY_MAX;
                }
            });

    StsFiles(Path folder) {
        this.folder = folder;
    }

    /**
     * One policy.
     *
     * @param id of the DNS record that led to it
     * @param text as it was fetched
     */
    record Kept(Instant fetched, String id, StsPolicy policy, String text) {}

    /** @param domain lower-case letters, digits, dots and hyphens, beginning with none of the last two */
    @Nullable
    Kept find(String domain) {
        Optional<Kept> known = memory.get(domain);
        if (known == null) {
            known = Optional.ofNullable(read(domain));
            memory.put(domain, known);
        }
        return known.orElse(null);
    }

    private @Nullable Kept read(String domain) {
        try {
            String whole = Files.readString(folder.resolve(domain));
            String[] head = whole.split("\n", 2)[0].split(" ");
            if (head.length != 2 || !head[0].matches("[0-9]{1,15}")) {
                return null;
            }
            String text = whole.substring(whole.indexOf('\n') + 1);
            Instant fetched = Instant.ofEpochMilli(Long.parseLong(head[0]));
            return StsPolicy.parse(text)
                    .map(policy -> new Kept(fetched, head[1], policy, text))
                    .orElse(null);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            // It is a copy: without it, the policy is fetched again.
            log.atWarn().addKeyValue("domain", domain).setCause(e).log("a kept MTA-STS policy can't be read");
            return null;
        }
    }

    void keep(String domain, Kept kept) {
        memory.put(domain, Optional.of(kept));
        try {
            Files.createDirectories(folder);
            Path aside = folder.resolve(domain + "~");
            Files.writeString(aside, kept.fetched().toEpochMilli() + " " + kept.id() + "\n" + kept.text());
            Files.move(
                    aside, folder.resolve(domain), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Memory has it, and mail need not wait for a disk.
            log.atWarn().addKeyValue("domain", domain).setCause(e).log("an MTA-STS policy can't be kept on disk");
        }
    }
}
