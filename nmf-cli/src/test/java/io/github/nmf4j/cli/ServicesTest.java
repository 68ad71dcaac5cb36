package io.github.nmf4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A plug-in is found alike on the module path and on the class path: a module names its services twice, and both agree. */
class ServicesTest {
    private static final String DESCRIPTOR = "module-info.class";
    private static final String OURS = "io.github.nmf4j.";

    /** What a module provides, by service, and what its files for the class path say. */
    private record Services(Map<String, Set<String>> inDescriptor, Map<String, Set<String>> inFiles) {}

    static List<Named> modules() throws IOException {
        Enumeration<URL> found = ServicesTest.class.getClassLoader().getResources(DESCRIPTOR);
        return Collections.list(found).stream()
                .map(url -> new Named(url, descriptor(url)))
                .filter(named -> named.descriptor.name().startsWith(OURS))
                .toList();
    }

    /** A module of this project and where its descriptor lies. */
    record Named(URL url, ModuleDescriptor descriptor) {
        @Override
        public String toString() {
            return descriptor.name();
        }
    }

    private static ModuleDescriptor descriptor(URL url) {
        try (InputStream in = url.openStream()) {
            return ModuleDescriptor.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Services services(Named module) throws IOException {
        Map<String, Set<String>> provides = new TreeMap<>();
        for (ModuleDescriptor.Provides each : module.descriptor.provides()) {
            provides.put(each.service(), new TreeSet<>(each.providers()));
        }
        URI uri = URI.create(module.url.toString());
        if (uri.getScheme().equals("file")) {
            return new Services(provides, files(Path.of(uri).resolveSibling("META-INF/services")));
        }
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
            return new Services(provides, files(jar.getPath("META-INF/services")));
        }
    }

    private static Map<String, Set<String>> files(Path folder) throws IOException {
        Map<String, Set<String>> services = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return services;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Set<String> providers = new TreeSet<>();
                for (String line : Files.readAllLines(file)) {
                    String name = line.replaceFirst("#.*", "").strip();
                    if (!name.isEmpty()) {
                        providers.add(name);
                    }
                }
                services.put(file.getFileName().toString(), providers);
            }
        }
        return services;
    }

    @ParameterizedTest
    @MethodSource("modules")
    void descriptorAndFilesNameTheSameProviders(Named module) throws IOException {
        Services services = services(module);
        Map<String, Set<String>> files = services.inFiles;
        files.keySet().removeIf(service -> !service.startsWith(OURS) && !services.inDescriptor.containsKey(service));
        assertThat(files).isEqualTo(services.inDescriptor);
    }

    @Test
    void modulesAreFound() throws IOException {
        assertThat(modules()).extracting(Named::toString).contains("io.github.nmf4j.api", "io.github.nmf4j.core");
    }
}
