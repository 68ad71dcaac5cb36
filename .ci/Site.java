import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prepares the pages of the site for Maven, and checks what came out of it: {@code java Site.java stage FROM TO} copies the Markdown
 * of the repository, its links pointing at pages, with a menu of them; {@code java Site.java check SITE} refuses links that lead
 * nowhere and pages that load anything from elsewhere.
 */
class Site {
    private static final Pattern LINK = Pattern.compile("(\\]\\()([^)#\\s]+)\\.md((#[^)]*)?\\))");
    private static final Pattern EXAMPLES = Pattern.compile("\\]\\(((?:\\.\\./)*examples)/?\\)");
    private static final Pattern HEADING = Pattern.compile("^# (.+)$", Pattern.MULTILINE);
    private static final Pattern REFERENCE = Pattern.compile("<(\\w+)[^>]*?\\s(href|src)=\"([^\"]*)\"[^>]*>");

    public static void main(String... args) throws IOException {
        if (args[0].equals("stage")) {
            stage(Path.of(args[1]), Path.of(args[2]));
        } else {
            check(Path.of(args[1]));
        }
    }

    private static void stage(Path from, Path to) throws IOException {
        TreeSet<Path> pages = new TreeSet<>(files(from.resolve("docs"), ".md"));
        StringBuilder guide = new StringBuilder();
        StringBuilder decisions = new StringBuilder();
        for (Path page : pages) {
            Path place = from.relativize(page);
            String title = copy(page, to.resolve("markdown").resolve(place));
            (place.getNameCount() == 2 ? guide : decisions).append(item(title, place.toString().replace(".md", ".html")));
        }
        copy(from.resolve("README.md"), to.resolve("markdown/index.md"));
        StringBuilder project = new StringBuilder(item("What it is", "index.html"));
        for (String name : List.of("CHANGELOG", "CONTRIBUTING")) {
            project.append(item(copy(from.resolve(name + ".md"), to.resolve("markdown/" + name + ".md")), name + ".html"));
        }
        for (Path file : files(from.resolve("docs"), "")) {
            if (!file.toString().endsWith(".md")) {
                place(file, to.resolve("resources").resolve(from.relativize(file)));
            }
        }
        Files.createDirectories(to.resolve("resources/css"));
        Files.writeString(to.resolve("resources/css/site.css"), """
                .well:has(#poweredBy) { display: none; }
                pre, pre code, .prettyprint { white-space: pre !important; word-break: normal; overflow-x: auto; }
                h1 { font-size: 1.9rem; } h2 { font-size: 1.4rem; line-height: 1.3; } h3 { font-size: 1.15rem; line-height: 1.3; }
                table { display: block; overflow-x: auto; }
                img { max-width: 100%; }
                /* On a phone the page comes first, then the menu. */
                @media (max-width: 767px) { .row-fluid { display: flex; flex-direction: column-reverse; } }
                """);
        place(from.resolve("LICENSE"), to.resolve("resources/LICENSE"));
        examples(from.resolve("examples"), to);
        StringBuilder reports = new StringBuilder();
        for (Path report : new TreeSet<>(files(to.resolve("resources/reports"), ".html"))) {
            String name = report.getFileName().toString();
            reports.append(item("demo " + name.replace(".html", ""), "reports/" + name));
        }
        Files.writeString(to.resolve("site.xml"), """
                <site xmlns="http://maven.apache.org/SITE/2.0.0" name="nmf4j">
                  <bannerLeft name="nmf4j" href="index.html"/>
                  <publishDate position="none"/>
                  <skin><groupId>org.apache.maven.skins</groupId><artifactId>maven-fluido-skin</artifactId><version>2.0.1</version></skin>
                  <custom><fluidoSkin><sideBarEnabled>true</sideBarEnabled><skipGenerationDate>true</skipGenerationDate></fluidoSkin></custom>
                  <body>
                    <menu name="nmf4j">%s</menu>
                    <menu name="Guide">%s</menu>
                    <menu name="Reports">%s</menu>
                    <menu name="Reference"><item name="Javadoc" href="apidocs/index.html"/></menu>
                    <menu name="Decisions">%s</menu>
                  </body>
                </site>
                """.formatted(project, guide, reports, decisions));
    }

    /** A folder has no page of its own: one that lists its files. */
    private static void examples(Path folder, Path to) throws IOException {
        StringBuilder list = new StringBuilder("# Examples\n\nThe files of the project that the guide to extensions writes:\n\n");
        for (Path file : new TreeSet<>(files(folder, ""))) {
            String name = folder.relativize(file).toString();
            if (!name.startsWith("target")) {
                place(file, to.resolve("resources/examples").resolve(name));
                list.append("* [").append(name).append("](").append(name).append(")\n");
            }
        }
        Files.createDirectories(to.resolve("markdown/examples"));
        Files.writeString(to.resolve("markdown/examples/index.md"), list);
    }

    private static String item(String title, String page) {
        return "<item name=\"" + title.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;") + "\" href=\"" + page + "\"/>";
    }

    /** {@return the title of the page} */
    private static String copy(Path page, Path to) throws IOException {
        String text = Files.readString(page);
        Matcher heading = HEADING.matcher(text);
        if (!heading.find()) {
            throw new IllegalArgumentException("a page needs a first heading: " + page);
        }
        String pointed = LINK.matcher(text).replaceAll(link -> {
            String target = link.group(2);
            boolean elsewhere = target.contains(":");
            boolean root = page.resolveSibling(target + ".md").normalize().endsWith("README.md")
                    && Files.exists(page.resolveSibling(target + ".md").resolveSibling("LICENSE"));
            String name = root ? target.replaceFirst("README$", "index") : target;
            return Matcher.quoteReplacement(link.group(1) + name + (elsewhere ? ".md" : ".html") + link.group(3));
        });
        Files.createDirectories(to.getParent());
        Files.writeString(to, EXAMPLES.matcher(pointed).replaceAll("]($1/index.html)"));
        return heading.group(1);
    }

    private static void place(Path file, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.write(to, Files.readAllBytes(file));
    }

    private static void check(Path site) throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : files(site, ".html")) {
            if (page.startsWith(site.resolve("apidocs"))) {
                continue; // its own links are its tool's
            }
            Matcher references = REFERENCE.matcher(Files.readString(page));
            while (references.find()) {
                String target = references.group(3);
                boolean loads = !references.group(1).equals("a");
                if (target.startsWith("data:") || target.startsWith("mailto:")) {
                    continue;
                }
                if (target.matches("(\\w+:)?//.*|https?:.*")) {
                    if (loads) {
                        broken.add(page + " loads " + target);
                    }
                    continue;
                }
                links++;
                if (!leadsSomewhere(page, target)) {
                    broken.add(page + ": " + target);
                }
            }
        }
        if (!broken.isEmpty() || links == 0) {
            System.err.println("links must lead somewhere within the site:\n" + String.join("\n", broken));
            System.exit(1);
        }
        System.out.println(links + " links lead somewhere");
    }

    private static boolean leadsSomewhere(Path page, String target) throws IOException {
        int hash = target.indexOf('#');
        String path = hash < 0 ? target : target.substring(0, hash);
        Path file = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.isRegularFile(file)) {
            return false;
        }
        String anchor = hash < 0 ? "" : target.substring(hash + 1);
        if (anchor.isEmpty()) {
            return true;
        }
        String text = Files.readString(file);
        return text.contains("id=\"" + anchor + "\"") || text.contains("name=\"" + anchor + "\"");
    }

    private static List<Path> files(Path folder, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
