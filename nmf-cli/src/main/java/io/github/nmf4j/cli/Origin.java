package io.github.nmf4j.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The artifact that a class comes from.
 *
 * @param artifact title in the jar's manifest, or the file's name
 * @param version from the manifest, or empty
 */
record Origin(String artifact, String version) {
    private static final String ENDING = ".jar";

    static Origin of(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return new Origin("unknown", "");
        }
        Path file;
        try {
            file = Path.of(source.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException notAFile) {
            return new Origin(source.getLocation().toString(), "");
        }
        String name = String.valueOf(file.getFileName());
        if (!name.endsWith(ENDING)) {
            return new Origin(file.toString(), "");
        }
        Attributes manifest = manifest(file);
        String title = manifest.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
        String version = manifest.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
        return new Origin(
                title == null ? name.substring(0, name.length() - ENDING.length()) : title,
                version == null ? "" : version);
    }

    private static Attributes manifest(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? new Attributes() : manifest.getMainAttributes();
        } catch (IOException unreadable) {
            return new Attributes();
        }
    }
}
