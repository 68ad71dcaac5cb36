package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import io.github.nmf4j.api.Matrix;
import io.github.nmf4j.core.Factorization;
import io.github.nmf4j.core.Nmf;
import io.github.nmf4j.core.Plugins;
import io.github.nmf4j.core.Trace;
import io.github.nmf4j.data.NmfModel;
import io.github.nmf4j.data.Terms;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import tools.jackson.databind.node.ObjectNode;

/**
 * A run that goes on where another one stopped, under its settings unless they are given anew.
 *
 * <p>Values of the model are put in place of those options that are not on the command line, before the command looks at them.
 */
final class Continuation {
    /** What model.json keeps of how a run went, and a later one takes over. */
    private static final List<String> KEPT = List.of(
            "--weights",
            "--missing",
            "--background",
            "--revive",
            "--solver",
            "--acceleration",
            "--tolerance",
            "--relative-decrease",
            "--change",
            "--max-iterations",
            "--time-limit",
            "--trace-every");

    private static final List<String> STARTS = List.of("--start", "--w0", "--h0", "--restarts");

    /** Of the objective: what two evaluations at one point, read from a file in between, may differ by. */
    private static final double ROUNDING = 1e-9;

    @Option(
            names = "--from",
            paramLabel = "MODEL_DIR",
            description =
                    "Go on where the run that wrote this folder stopped; its data and settings stay unless they are"
                            + " given anew. Momentum and adaptive steps begin anew.")
    private Path from;

    private NmfModel model;
    private Trace before;

    /** Takes over what the model says and the command line does not. */
    void open(CommandSpec fit, Plugins plugins, Inputs inputs) {
        ParseResult given = fit.commandLine().getParseResult();
        if (from == null) {
            requireAll(fit, given);
            return;
        }
        model = NmfModel.load(from, plugins, inputs::matrix);
        for (String file : new String[] {"model.json", "trace.csv", "W.npy", "H.npy"}) {
            inputs.add(from.resolve(file));
        }
        if (!model.method().equals("fit")) {
            throw new InvalidInputException(
                    "--from goes on with a run of nmf fit: " + from + " is of nmf " + model.method());
        }
        refuseConflicts(fit, given);
        before = model.trace();
        model.options().forEach((name, text) -> {
            if (KEPT.contains("--" + name)) {
                set(fit.findOption("--" + name), given, text);
            }
        });
        set(fit.findOption("--rank"), given, String.valueOf(model.rank()));
        set(fit.findOption("--seed"), given, String.valueOf(model.seed()));
        set(fit.findOption("--backend"), given, model.backend());
        model.dictionary().ifPresent(file -> set(fit.findOption("--dictionary"), given, file.toString()));
        if (!given.hasMatchedPositional(0)) {
            fit.positionalParameters()
                    .get(0)
                    .setValue(model.data()
                            .orElseThrow(() -> new InvalidInputException(
                                    "the data must be given: the model in " + from + " names no file")));
        }
    }

    private static void requireAll(CommandSpec fit, ParseResult given) {
        boolean rank = given.hasMatchedOption("--rank");
        if (!rank || !given.hasMatchedPositional(0)) {
            String what = rank
                    ? "parameter: 'DATA'"
                    : given.hasMatchedPositional(0)
                            ? "option: '--rank=K'"
                            : "options and parameters: '--rank=K', 'DATA'";
            throw new ParameterException(fit.commandLine(), "Missing required " + what);
        }
    }

    private void refuseConflicts(CommandSpec fit, ParseResult given) {
        if (given.hasMatchedOption("--rank") && !value(fit, "--rank").equals(model.rank())) {
            throw new InvalidInputException(
                    "--from goes on with the rank of the model, " + model.rank() + ": --rank " + value(fit, "--rank"));
        }
        for (String start : STARTS) {
            if (given.hasMatchedOption(start)) {
                throw new InvalidInputException(
                        "a run goes on from --from or starts anew, not both: " + start + " " + value(fit, start));
            }
        }
        if (given.hasMatchedOption("--normalize") && model.scale() == 1) {
            throw new InvalidInputException("--from keeps the scale of the model, 1: --normalize");
        }
    }

    private static Object value(CommandSpec fit, String option) {
        return fit.findOption(option).getValue();
    }

    private void set(OptionSpec option, ParseResult given, String text) {
        if (!given.hasMatchedOption(option)) {
            option.setValue(converted(option, text));
        }
    }

    private Object converted(ArgSpec option, String text) {
        try {
            Class<?> type = option.type();
            if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text);
            }
            if (type == double.class || type == Double.class) {
                return Double.valueOf(text);
            }
            if (type == long.class) {
                return Long.valueOf(text);
            }
            if (type == boolean.class) {
                return Boolean.valueOf(text);
            }
            return type == Path.class ? Path.of(text) : text;
        } catch (NumberFormatException e) {
            throw new InvalidInputException(
                    "an option of the model in " + from + " must be a number: " + option.paramLabel() + " is '" + text
                            + "'",
                    e);
        }
    }

    /** {@return the model's terms, except for the kinds given anew} */
    Terms terms(CommandSpec fit, Terms parsed) {
        if (model == null) {
            return parsed;
        }
        ParseResult given = fit.commandLine().getParseResult();
        return new Terms(
                given.hasMatchedOption("--loss") ? parsed.loss() : model.terms().loss(),
                given.hasMatchedOption("--penalty")
                        ? parsed.penalties()
                        : model.terms().penalties(),
                given.hasMatchedOption("--constraint")
                        ? parsed.constraints()
                        : model.terms().constraints());
    }

    /** Sets both factors and the scale where a run goes on. */
    void applyTo(Nmf.Builder builder) {
        if (model == null) {
            return;
        }
        builder.startW(model.w()).startH(model.h());
        if (model.scale() != 1) {
            builder.scaledBy(model.scale());
        }
        if (model.arranged()) {
            builder.arrangeComponents();
        }
    }

    boolean goesOn() {
        return model != null;
    }

    void requireShape(Matrix x, Path data) {
        if (model != null && (x.rows() != model.rows() || x.columns() != model.columns())) {
            throw new InvalidInputException("--from needs data of the model's shape, " + model.rows() + " x "
                    + model.columns() + ": " + data + " is " + x.rows() + " x " + x.columns());
        }
    }

    /** {@return the run as the end of the model's, where it minimises the same objective; otherwise by itself, and says so} */
    Factorization after(Factorization fit, PrintWriter err) {
        if (model == null) {
            return fit;
        }
        double last = before.last().objective();
        double first = fit.trace().rows().get(0).objective();
        if (before.terms().equals(fit.trace().terms())
                && Math.abs(first - last) <= ROUNDING * Math.max(Math.abs(first), Math.abs(last))) {
            return fit.after(before);
        }
        err.println("nmf: the objective is another one than the model's: iterations and trace.csv begin anew");
        err.flush();
        return fit;
    }

    /** Adds to a model how its run went, and what it went on from. */
    ObjectNode addTo(ObjectNode json, CommandSpec fit) {
        ObjectNode options = json.putObject("options");
        for (String name : KEPT) {
            put(options, name.substring(2), value(fit, name));
        }
        DataOptions.absolute(options);
        Object given = value(fit, "--w0");
        json.put("arranged", model == null ? given == null : model.arranged());
        if (model != null) {
            json.putObject("from")
                    .put("model", Inputs.absolute(from.toString()))
                    .put("iterations", model.iterations());
        }
        return json;
    }

    private static void put(ObjectNode options, String name, Object value) {
        if (value instanceof Integer count) {
            options.put(name, count);
        } else if (value instanceof Double number) {
            options.put(name, number);
        } else if (value instanceof Boolean flag) {
            options.put(name, flag);
        } else {
            options.put(name, value == null ? null : text(value));
        }
    }

    private static String text(Object value) {
        return value instanceof Path ? Inputs.absolute(value.toString()) : value.toString();
    }
}
