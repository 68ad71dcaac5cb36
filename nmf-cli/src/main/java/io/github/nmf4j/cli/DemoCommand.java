package io.github.nmf4j.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nmf demo}: worked examples whose answers are known. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        versionProvider = Versions.class,
        description = "Runs a worked example with a known answer, and says how far from it the fit is.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a demo must be named: spectra or clusters");
    }
}
