package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: what stands before the name of a task. */
@Command(
        name = "nmf",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        sortOptions = false,
        description = {
            "Non-negative matrix factorisation: finds W and H, non-negative, so that X is close to W·H, or to G·W·H with a"
                    + " known dictionary G."
        },
        footer = {
            "",
            "Try:  nmf demo spectra",
            "      nmf fit counts.npy --rank 3 --constraint h:unit-columns --out result",
            "",
            "Exit status: 0; 2 for input that breaks a rule, with one line that says which; 1 for a defect; 130 if"
                    + " interrupted (the best factors so far are written)."
        })
final class NmfCommand implements Callable<Integer> {
    /** A task to run with the plug-ins in place. */
    interface Task {
        int run();
    }

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--plugins",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "${env:NMF_PLUGINS}",
            description = "A folder of jars with further losses, penalties, constraints, backends, …"
                    + " (environment: NMF_PLUGINS).")
    private Path plugins;

    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Show where in the program an error arose (environment: NMF_STACKTRACE=true).",
            defaultValue = "${env:NMF_STACKTRACE:-false}")
    private boolean stackTrace;

    boolean stackTrace() {
        return stackTrace;
    }

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(), "a command must be given: fit, transform, unmix, report, demo or plugins");
    }

    /** Runs a task with the jars of the folder visible to {@code ServiceLoader}. */
    int withPlugins(Task task) {
        if (plugins == null || plugins.toString().isEmpty()) {
            return task.run();
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = new URLClassLoader("plugins", jars(), before)) {
            thread.setContextClassLoader(loader);
            return task.run();
        } catch (IOException e) {
            throw new InvalidInputException("the folder of plug-ins must be readable: " + plugins, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private URL[] jars() throws IOException {
        if (!Files.isDirectory(plugins)) {
            throw new InvalidInputException("--plugins must name a folder of jars: " + plugins);
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(plugins, "*.jar")) {
            jars.forEach(found::add);
        }
        if (found.isEmpty()) {
            throw new InvalidInputException("--plugins must name a folder of jars: " + plugins + " holds none");
        }
        Collections.sort(found);
        URL[] urls = new URL[found.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = url(found.get(i));
        }
        return urls;
    }

    private static URL url(Path jar) throws MalformedURLException {
        try {
            new JarFile(jar.toFile()).close();
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw e;
        } catch (IOException e) {
            throw new InvalidInputException("a .jar of --plugins must be readable as one: " + jar, e);
        }
    }
}
