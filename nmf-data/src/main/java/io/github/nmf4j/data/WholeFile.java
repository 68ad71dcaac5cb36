package io.github.nmf4j.data;

import io.github.nmf4j.api.InvalidInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file whole or not at all: into a hidden file beside the target, which is moved over it once it is complete.
 *
 * <p>Whatever interrupts the writing, the target holds what it held before, or all of the new content.
 */
public final class WholeFile {
    private static final int BUFFER = 1 << 16;

    private WholeFile() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes all of it; buffering, flushing and closing are the caller's.
         *
         * @param out receives the bytes
         * @throws IOException if they cannot be written
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Replaces or creates a file. A symbolic link is followed; a device or pipe is written directly.
     *
     * @param target the file; its folder must exist
     * @param content what it is to hold
     * @throws InvalidInputException if it cannot be written; it is then as it was
     */
    public static void write(Path target, Content content) {
        if (Files.isDirectory(target)) {
            throw new InvalidInputException("the target must be a file: " + target + " is a directory");
        }
        try {
            Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                fill(file, content, StandardOpenOption.WRITE);
            } else {
                replace(file, content);
            }
        } catch (NoSuchFileException e) {
            throw new InvalidInputException(
                    "the folder to write to must exist: "
                            + target.toAbsolutePath().getParent(),
                    e);
        } catch (AccessDeniedException e) {
            throw new InvalidInputException("the target must be writable: " + target, e);
        } catch (IOException e) {
            throw new InvalidInputException("the target must be writable: " + target + ", " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }

    private static void replace(Path file, Content content) throws IOException {
        String unique = ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime(), 36);
        Path part = file.resolveSibling("." + file.getFileName() + "." + unique + ".part");
        try {
            fill(part, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void fill(Path file, Content content, StandardOpenOption... how) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file, how), BUFFER)) {
            content.writeTo(out);
        }
    }
}
