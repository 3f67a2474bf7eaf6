package io.broadsheet.db;

import io.broadsheet.error.OutsideError;
import io.broadsheet.log.Safe;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file in {@code data/nodes} that the operating system keeps locked while the process lives (SQLite: all processes are on one machine).
 *
 * <p>POSIX drops a process's lock when it closes <em>any</em> descriptor of the file, so a process never opens the file of a lock it holds itself.
 */
final class FileNodeLock implements NodeLock {
    private final Path folder;
    private @Nullable FileChannel held;
    private @Nullable Path heldFile;

    FileNodeLock(Path dataFolder) {
        this.folder = dataFolder.resolve("nodes");
    }

    @Override
    public void hold(long node) {
        try {
            Files.createDirectories(folder);
            Path file = file(node);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw new OutsideError(file + ": another process holds this lock", true, null);
            }
            held = channel;
            heldFile = file;
        } catch (IOException e) {
            throw new OutsideError(folder + ": can't be written: " + Safe.text(e.getMessage()), false, e);
        }
    }

    @Override
    public boolean isHeld(long node) {
        try (FileChannel channel = FileChannel.open(file(node), StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException e) {
            // Another node of this same process: only tests have two.
            return true;
        } catch (IOException e) {
            throw new OutsideError(file(node) + ": can't be read: " + Safe.text(e.getMessage()), false, e);
        }
    }

    @Override
    public void keep(Tx tx, long node) {
        // The operating system keeps it.
    }

    @Override
    public boolean forget(Tx tx, long node) {
        boolean ours =
                tx.update("delete from node where id = :id").bind("id", node).execute() == 1;
        delete(file(node));
        return ours;
    }

    @Override
    public Standing standing() {
        return Standing.SURE;
    }

    @Override
    public void whenAdrift(Runnable abandon) {
        // It never comes to that: the file lives where the process does.
    }

    @Override
    public void close() {
        if (held == null || heldFile == null) {
            return;
        }
        delete(heldFile);
        try {
            held.close();
        } catch (IOException e) {
            throw new OutsideError(heldFile + ": can't be closed: " + Safe.text(e.getMessage()), false, e);
        }
        held = null;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new OutsideError(file + ": can't be deleted: " + Safe.text(e.getMessage()), false, e);
        }
    }

    private Path file(long node) {
        return folder.resolve(node + ".lock");
    }
}
