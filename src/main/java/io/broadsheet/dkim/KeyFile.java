package io.broadsheet.dkim;

import io.broadsheet.config.Settings;
import io.broadsheet.error.OutsideError;
import io.broadsheet.error.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key as a PEM file: PKCS #8 (RFC 7468 §10), or the PKCS #1 of older tools. Readable by its owner alone. */
final class KeyFile {
    private static final int BYTES_MAX = 64 * 1024;
    /** RFC 8301 §3.2 demands 1024; what is new should have 2048. */
    private static final int RSA_BITS_MIN = 2048;
    /** A name server need not give more than 4096 bits of key, and few verifiers take more. */
    private static final int RSA_BITS_MAX = 4096;

    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNERS_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Pattern PEM = Pattern.compile(
            "-----BEGIN (RSA )?PRIVATE KEY-----\\s+([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

    private KeyFile() {}

    /** The key that config names; errors say where. */
    static DkimKey load(Settings.Dkim named) {
        try {
            return new DkimKey(named.domain(), named.selector(), read(named.file()));
        } catch (UserError e) {
            throw new UserError(named.at() + ": " + e.lines().get(0));
        }
    }

    /** @throws UserError when it is not there, others may read it, or it holds no key that we would sign with */
    static PrivateKey read(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new UserError(file + ": is larger than 64 KiB; name a PEM file with a private key");
            }
            String pem = Files.readString(file);
            if (isOpen(file)) {
                throw new UserError(file + ": can be read or written by others; run chmod 600 " + file);
            }
            return expectLong(file, parse(file, pem));
        } catch (NoSuchFileException e) {
            throw new UserError(file + ": the key is not there; make one with 'broadsheet dkim new'");
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read as text ("
                    + e.getClass().getSimpleName() + "); check its rights, and that it is a PEM file");
        }
    }

    /** Where the file system knows no such rights, nothing can be said. */
    private static boolean isOpen(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
    }

    static PrivateKey parse(Path file, String pem) {
        Matcher found = PEM.matcher(pem);
        if (!found.find()) {
            throw new UserError(
                    file + (pem.contains("ENCRYPTED") ? ": the key has a pass phrase" : ": holds no private key")
                            + "; write an unencrypted one in PEM, or make one with 'broadsheet dkim new'");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(found.group(2));
            return key(found.group(1) == null ? der : Der.pkcs8(der));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new UserError(
                    file + ": holds no RSA or Ed25519 key; DKIM knows no other, make one with 'broadsheet dkim new'");
        }
    }

    private static PrivateKey key(byte[] pkcs8) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance(Der.isEd25519(pkcs8) ? "Ed25519" : "RSA");
        return keys.generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static PrivateKey expectLong(Path file, PrivateKey key) {
        if (key instanceof RSAPrivateCrtKey rsa) {
            int bits = rsa.getModulus().bitLength();
            if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
                throw new UserError(file + ": an RSA key of " + bits + " bits; mail providers want " + RSA_BITS_MIN
                        + " to " + RSA_BITS_MAX + ", make one with 'broadsheet dkim new'");
            }
        }
        return key;
    }

    /** @throws UserError when there is a file */
    static void expectNone(Path file) {
        if (Files.exists(file)) {
            throw isThere(file);
        }
    }

    private static UserError isThere(Path file) {
        return new UserError(
                file + ": a key is there already, and mail may be under way with it; name another --selector");
    }

    /**
     * Writes a new file, in a folder that is made where it is missing. One that is there is left as it is.
     *
     * @throws UserError when there is one already
     */
    static void write(Path file, PrivateKey key) {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        try {
            Path folder = file.getParent();
            if (folder != null && !Files.isDirectory(folder)) {
                Files.createDirectories(folder, OWNERS_FOLDER);
            }
            try (var out = Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNER_ONLY)) {
                out.write(ByteBuffer.wrap(pem.getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (FileAlreadyExistsException e) {
            throw isThere(file);
        } catch (IOException e) {
            throw new OutsideError(file + ": cannot be written; look for room and rights there", false, e);
        }
    }
}
