package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.RunLast;

/** Starts the command {@code nmf}. */
public final class Main {
    private Main() {}

    /**
     * Runs the command and ends the process with its status: 0, 2 for what the user got wrong, 1 for a defect, 130 where it
     * was interrupted.
     *
     * @param args as typed
     */
    public static void main(String... args) {
        System.setProperty(
                "java.util.logging.SimpleFormatter.format", "nmf: %5$s%n"); // what the library logs, a line each
        Locale.setDefault(Locale.ROOT); // numbers are written alike everywhere, for people and for programs
        Interruption interruption = Interruption.ofThisProcess();
        Host host = new Host(Boolean.getBoolean("nmf4j.terminal"), interruption, List.of(args));
        int status = run(utf8(System.out), utf8(System.err), host, args);
        Relay.finish();
        interruption.end();
        if (!interruption.requested()) { // otherwise the process is ending already, and exit() would wait for itself
            System.exit(status);
        }
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** {@return the exit status of one run} */
    static int run(PrintWriter out, PrintWriter err, Host host, String... args) {
        NmfCommand root = new NmfCommand();
        Failures failures = new Failures(err, root);
        DemoCommand demo = new DemoCommand();
        CommandLine line = new CommandLine(root)
                .addSubcommand(new FitCommand(host))
                .addSubcommand(new TransformCommand(host))
                .addSubcommand(new UnmixCommand(host))
                .addSubcommand(new ReportCommand())
                .addSubcommand(new CommandLine(demo)
                        .addSubcommand(new DemoSpectra(host))
                        .addSubcommand(new DemoClusters(host)))
                .addSubcommand(new PluginsCommand())
                .setOut(out)
                .setErr(err)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAllowSubcommandsAsOptionParameters(true)
                .setParameterExceptionHandler((e, given) -> failures.report(e))
                .setExecutionExceptionHandler((e, command, result) -> failures.report(e));
        line.setExecutionStrategy(result -> {
            try {
                return root.withPlugins(() -> new RunLast().execute(result));
            } catch (InvalidInputException e) { // what a task throws arrives wrapped; this is about the plug-ins
                return failures.report(e);
            }
        });
        try {
            return line.execute(args);
        } catch (Throwable e) {
            return failures.report(e);
        } finally {
            out.flush();
            err.flush();
        }
    }
}
