package io.broadsheet.config;

import io.broadsheet.error.OutsideError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Tells whether the definitions changed: SHA-256 over the names and bytes of the files, a missing one told apart from an empty one. */
public final class ConfigHash {
    private ConfigHash() {}

    /**
     * 64 lower-case hexadecimal digits.
     *
     * @throws OutsideError when a file that is there cannot be read
     */
    public static String of(Home home) {
        MessageDigest digest = sha256();
        Home.configFiles().forEach(name -> add(digest, name, home.config(name)));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String name, Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try {
            byte[] bytes = Files.readAllBytes(file);
            // The length goes in too, so that bytes moved from one file's end to the next one's start still change the
            // hash.
            digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        } catch (IOException e) {
            throw new OutsideError(file + ": cannot be read; check its rights", false, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
