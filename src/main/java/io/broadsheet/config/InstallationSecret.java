package io.broadsheet.config;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key of this installation's tokens and Message-IDs: 32 random bytes in {@code data/secret}, as 64 hex digits, readable by its owner alone. Lost,
 * the links in mails already sent work no more; several nodes need the same one.
 */
public final class InstallationSecret {
    private static final int BYTES = 32;
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private InstallationSecret() {}

    /**
     * The key, made at the first call. Two processes that start at once get the same one.
     *
     * @throws OutsideError when the file can't be read or written, or holds something else
     */
    public static byte[] of(Home home) {
        Path file = home.secret();
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length != BYTES) {
                throw new IllegalArgumentException("of another length");
            }
            return secret;
        } catch (IOException e) {
            throw new OutsideError(file + ": can't be read or made: " + Safe.text(e.getMessage()), false, e);
        } catch (IllegalArgumentException e) {
            throw new OutsideError(
                    file
                            + ": does not hold 64 hex digits; restore it from a backup, or delete it and lose the links in mails sent so far",
                    false,
                    e);
        }
    }

    private static void make(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Path aside = Files.createTempFile(file.getParent(), ".secret-", "", OWNER_ONLY);
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
            channel.write(
                    ByteBuffer.wrap((HexFormat.of().formatHex(secret) + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
            // A link never takes the place of a file that is there: of two processes one wins, and both read the
            // winner's.
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // The other process was first; its key serves.
            assert Files.exists(file);
        } finally {
            Files.deleteIfExists(aside);
        }
    }
}
