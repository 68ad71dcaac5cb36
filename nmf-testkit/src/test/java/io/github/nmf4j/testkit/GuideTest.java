package io.github.nmf4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nmf4j.api.Loss;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;

/** The guide for writers of extensions shows the files of the example, all of them, and all it shows compiles. */
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/extending.md");
    private static final Path README = Path.of("../README.md");
    private static final Path EXAMPLE = Path.of("../examples");

    /** A file: its path in bold, then its contents. */
    private static final Pattern FILE =
            Pattern.compile("^\\*\\*`([^`]+)`\\*\\*\\n\\n```\\w+\\n(.*?)^```$", multiline());

    private static final Pattern JAVA = Pattern.compile("^```java\\n(.*?)^```$", multiline());
    private static final Pattern PUBLIC = Pattern.compile("^(?:public )?(?:record|class) (\\w+)", Pattern.MULTILINE);

    private static int multiline() {
        return Pattern.MULTILINE | Pattern.DOTALL;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file).replace("\r\n", "\n");
    }

    @Test
    void theGuideShowsTheFilesOfTheExample() throws IOException {
        Map<String, String> shown = new TreeMap<>();
        Matcher file = FILE.matcher(text(GUIDE));
        while (file.find()) {
            shown.put(file.group(1), file.group(2));
        }
        Map<String, String> there = new TreeMap<>();
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                String name = EXAMPLE.relativize(each).toString().replace('\\', '/');
                if (!name.startsWith("target/")) {
                    there.put(name, text(each));
                }
            }
        }
        assertThat(shown).isEqualTo(there);
    }

    @Test
    void whatIsShownCompilesWithoutWarnings(@TempDir Path folder) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "--release", "17", "-proc:none", "-Xlint:all,-classfile", "-cp", classPath(), "-d", folder.toString()));
        for (Path page : List.of(GUIDE, README)) {
            Path sources = Files.createDirectories(folder.resolve("of-" + page.getFileName()));
            Matcher block = JAVA.matcher(text(page));
            while (block.find()) {
                Matcher type = PUBLIC.matcher(block.group(1));
                if (type.find()) { // otherwise an excerpt of a method
                    Path source = sources.resolve(type.group(1) + ".java");
                    Files.writeString(source, block.group(1));
                    arguments.add(source.toString());
                }
            }
        }
        StringWriter said = new StringWriter();
        PrintWriter out = new PrintWriter(said);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        assertThat(said.toString()).doesNotContain("warning: [").doesNotContain("error:");
        assertThat(status).as(said.toString()).isZero();
    }

    /** What an outsider has: the API, the contracts and JUnit. */
    private static String classPath() {
        return Stream.of(Loss.class, LossContract.class, Test.class, ParameterizedTest.class)
                .map(GuideTest::location)
                .collect(Collectors.joining(System.getProperty("path.separator")));
    }

    private static String location(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
