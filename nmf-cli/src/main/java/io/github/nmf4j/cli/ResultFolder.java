package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.data.MatrixFiles;
import io.github.nmf4j.data.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The files of one result, written together: first all of them under temporary names, then moved into place.
 *
 * <p>The folder is made when there is something to put into it; where writing fails, nothing is left of it.
 */
final class ResultFolder {
    /** Writes one file. */
    private interface Writer {
        void write(Path file);
    }

    private final String option;
    private final Path folder;
    private final Map<String, Writer> files = new LinkedHashMap<>();

    private ResultFolder(String option, Path folder) {
        this.option = option;
        this.folder = folder;
    }

    /**
     * {@return a folder to write to}
     *
     * @param folder need not exist yet
     * @throws InvalidInputException if it cannot be made or written
     */
    static ResultFolder at(Path folder) {
        return at("--out", folder);
    }

    /**
     * {@return a folder to write to}
     *
     * @param option that named it, for messages
     * @param folder need not exist yet
     * @throws InvalidInputException if it cannot be made or written
     */
    static ResultFolder at(String option, Path folder) {
        if (folder.toString().isEmpty()) {
            throw new InvalidInputException(option + " must name a folder: the name is empty; '.' is the current one");
        }
        Path existing = folder.toAbsolutePath().normalize();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        if (existing == null || !Files.isDirectory(existing)) {
            throw new InvalidInputException(option + " must name a folder: " + existing + " is a file");
        }
        if (!Files.isWritable(existing)) {
            throw new InvalidInputException(option + " must name a folder that can be written: " + existing);
        }
        return new ResultFolder(option, folder);
    }

    ResultFolder add(String name, Matrix matrix) {
        files.put(name, file -> MatrixFiles.write(file, matrix));
        return this;
    }

    ResultFolder add(String name, String text) {
        return add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    ResultFolder add(String name, byte[] content) {
        files.put(name, file -> WholeFile.write(file, out -> out.write(content)));
        return this;
    }

    /**
     * Refuses to write over what was read.
     *
     * @param inputs of this run
     * @param names of the files to come
     */
    void spare(Inputs inputs, String... names) {
        for (String name : names) {
            Path file = folder.resolve(name);
            if (inputs.contains(file)) {
                throw new InvalidInputException(option + " must not replace what is read: " + file);
            }
        }
    }

    /** {@return names of the files, as in a sentence} */
    String names() {
        List<String> all = new ArrayList<>(files.keySet());
        String last = all.remove(all.size() - 1);
        return all.isEmpty() ? last : String.join(", ", all) + " and " + last;
    }

    Path path() {
        return folder;
    }

    void write() {
        Path target = folder.toAbsolutePath().normalize();
        boolean exists = Files.isDirectory(target);
        Deque<Path> made = new ArrayDeque<>();
        String part =
                ".nmf-" + ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime(), 36) + ".part";
        Path staging = (exists ? target : target.resolveSibling(part)).resolve(exists ? part : "");
        boolean done = false;
        try {
            makeParents(staging, made);
            Files.createDirectory(staging);
            made.push(staging);
            for (Map.Entry<String, Writer> file : files.entrySet()) {
                file.getValue().write(staging.resolve(file.getKey()));
            }
            if (exists) {
                for (String name : files.keySet()) {
                    Files.move(staging.resolve(name), target.resolve(name), StandardCopyOption.REPLACE_EXISTING);
                }
                Files.delete(staging);
            } else {
                Files.move(staging, target);
            }
            done = true;
        } catch (IOException e) {
            throw new InvalidInputException(
                    option + " must name a folder that can be written: " + folder + ", " + e.getMessage(), e);
        } finally {
            if (!done) {
                remove(staging, made);
            }
        }
    }

    private static void makeParents(Path staging, Deque<Path> made) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path at = staging.getParent(); !Files.exists(at); at = at.getParent()) {
            missing.push(at);
        }
        for (Path parent : missing) {
            Files.createDirectory(parent);
            made.push(parent);
        }
    }

    /** Undoes what was begun, as far as that goes: a failure here must not hide the one that led to it. */
    private void remove(Path staging, Deque<Path> made) {
        try {
            for (String name : files.keySet()) {
                Files.deleteIfExists(staging.resolve(name));
            }
            for (Path folderMade : made) {
                Files.deleteIfExists(folderMade);
            }
        } catch (IOException e) {
            System.getLogger(ResultFolder.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + staging, e);
        }
    }
}
