package io.github.nmf4j.cli;

import io.github.nmf4j.api.Availability;
import io.github.nmf4j.api.Extension;
import io.github.nmf4j.api.LinearAlgebraBackend;
import io.github.nmf4j.api.Parameter;
import io.github.nmf4j.core.Plugins;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code nmf plugins}: what was found, with parameters, and where it comes from. */
@Command(
        name = "plugins",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        description =
                "Lists what was found: losses, penalties, constraints, backends, starts, solvers and accelerations.")
final class PluginsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--json", description = "An array of objects on standard output.")
    private boolean json;

    @Override
    public Integer call() {
        Plugins plugins = Plugins.load();
        PrintWriter out = spec.commandLine().getOut();
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Class<?> service : plugins.services()) {
            if (!json) {
                out.printf("%s%n", serviceName(service));
            }
            for (Extension<?> extension : plugins.all(service)) {
                Origin origin = Origin.of(plugins.providerOf(extension));
                Availability availability =
                        extension instanceof LinearAlgebraBackend backend ? backend.availability() : Availability.yes();
                if (json) {
                    array.add(toJson(serviceName(service), extension, origin, availability));
                } else {
                    print(out, extension, origin, availability);
                }
            }
        }
        if (json) {
            out.println(array);
        }
        PrintWriter err = spec.commandLine().getErr();
        plugins.broken().forEach(line -> err.println(Failures.brokenPlugin(line)));
        return 0;
    }

    private static String serviceName(Class<?> service) {
        return service == LinearAlgebraBackend.class
                ? "backend"
                : service.getSimpleName().toLowerCase(Locale.ROOT);
    }

    private static ObjectNode toJson(String service, Extension<?> extension, Origin origin, Availability availability) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("service", service);
        node.put("name", extension.name());
        node.put("summary", extension.summary());
        node.put("artifact", origin.artifact());
        node.put("version", origin.version());
        node.put("available", availability.usable());
        if (!availability.usable()) {
            node.put("reason", availability.reason());
        }
        ArrayNode parameters = node.putArray("parameters");
        for (Parameter parameter : extension.parameters()) {
            parameters
                    .addObject()
                    .put("name", parameter.name())
                    .put("type", parameter.kind().name().toLowerCase(Locale.ROOT))
                    .put("default", parameter.standard().isEmpty() ? null : parameter.standard())
                    .put("meaning", parameter.meaning());
        }
        return node;
    }

    private static void print(PrintWriter out, Extension<?> extension, Origin origin, Availability availability) {
        out.printf(
                "  %-18s %s %s%s%n",
                extension.name(),
                origin.artifact(),
                origin.version(),
                availability.usable() ? "" : "; not available: " + availability.reason());
        if (!extension.summary().isEmpty()) {
            out.printf("      %s%n", extension.summary());
        }
        for (Parameter parameter : extension.parameters()) {
            String name = parameter.standard().isEmpty()
                    ? parameter.name() + " (" + parameter.kind().name().toLowerCase(Locale.ROOT) + ")"
                    : parameter.name() + "=" + parameter.standard();
            out.printf("      %-20s %s%n", name, parameter.meaning());
        }
    }
}
