package io.github.nmf4j.cli;

import io.github.nmf4j.api.InvalidInputException;
import java.io.PrintWriter;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on standard error and an exit status: 2 for the user's, 1 for ours. */
final class Failures {
    static final int USER = 2;
    static final int DEFECT = 1;
    private static final long MEGABYTE = 1 << 20;

    /**
     * An entry and its value, a vector or a component and what it has, as the library counts them; not what looks alike in the
     * name of a file. Lines of a file are counted from 1.
     */
    private static final Pattern PLACE = Pattern.compile("\\w\\[\\d+(?:, \\d+)*\\](?= = )"
            + "|\\bcomponent \\d+(?:(?:,| of) vector \\d+)?(?= (?:has|must|becomes|of) )"
            + "|\\bvector \\d+(?= (?:has|must|of) )");

    private final PrintWriter err;
    private final NmfCommand root;

    Failures(PrintWriter err, NmfCommand root) {
        this.err = err;
        this.root = root;
    }

    int report(Throwable thrown) {
        Throwable failure = unwrapped(thrown);
        int status;
        if (exhausted(thrown)) {
            say(String.format(
                    "the run must fit in memory: the heap of %d MB is full; give it more, as in NMF_JAVA_OPTS=-Xmx8g",
                    Runtime.getRuntime().maxMemory() / MEGABYTE));
            status = USER;
        } else if (failure instanceof ParameterException usage) {
            say(usage(usage) + "; see "
                    + usage.getCommandLine().getCommandSpec().qualifiedName() + " --help");
            status = USER;
        } else if (failure instanceof InvalidInputException) {
            say(PLACE.matcher(failure.getMessage()).replaceFirst("$0 (counted from 0)"));
            status = USER;
        } else {
            say("this is a defect of nmf4j, please report it: " + failure
                    + (root.stackTrace() ? "" : "; --stacktrace after the command shows where"));
            status = DEFECT;
        }
        if (root.stackTrace()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return status;
    }

    private static String usage(ParameterException usage) {
        Set<String> commands = usage.getCommandLine().getSubcommands().keySet();
        if (usage instanceof UnmatchedArgumentException unmatched
                && !commands.isEmpty()
                && !unmatched.isUnknownOption()) {
            return "no " + usage.getCommandLine().getCommandName() + " command is named '"
                    + unmatched.getUnmatched().get(0) + "'; found: " + String.join(", ", commands);
        }
        return usage.getMessage();
    }

    private void say(String message) {
        err.println("nmf: " + message.strip().replaceAll("\\s*\\R\\s*", " "));
    }

    private static Throwable unwrapped(Throwable thrown) {
        Throwable at = thrown;
        while ((at instanceof CompletionException || at instanceof ExecutionException) && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    private static boolean exhausted(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof OutOfMemoryError) {
                return true;
            }
        }
        return false;
    }

    /** {@return the line about a plug-in that cannot be loaded, whatever the loader had to say} */
    static String brokenPlugin(String message) {
        return "nmf: a plug-in cannot be loaded: " + message.lines().findFirst().orElse("");
    }
}
