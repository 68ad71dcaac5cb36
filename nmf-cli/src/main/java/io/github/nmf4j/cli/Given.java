package io.github.nmf4j.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What a command was told, options that kept their defaults included. */
final class Given {
    private static final Set<String> NO_SETTINGS = Set.of("--help", "--version", "--stacktrace", "--plugins");

    private Given() {}

    /** {@return the value of every option by its longest name, those that have none left out} */
    static Map<String, String> options(CommandSpec command) {
        Map<String, String> options = new LinkedHashMap<>();
        for (OptionSpec option : command.options()) {
            Object value = option.getValue();
            if (value != null && !NO_SETTINGS.contains(option.longestName())) {
                String text = value instanceof Collection<?> all
                        ? all.stream().map(String::valueOf).collect(Collectors.joining("  "))
                        : String.valueOf(value);
                options.put(option.longestName(), text.isEmpty() ? "none" : text);
            }
        }
        return options;
    }
}
