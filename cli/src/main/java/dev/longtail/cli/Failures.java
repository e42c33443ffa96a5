package dev.longtail.cli;

import dev.longtail.config.InputException;
import dev.longtail.format.ModelFormatException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever ended a run into one line on standard error and an exit code. */
final class Failures {

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;
    static final int WRONG_INPUT = 3;
    static final int INTERRUPTED = 130; // 128 + SIGINT, as shells count

    private final Console console;
    private final boolean debug;

    /** @param debug whether to print stack traces as well */
    Failures(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    /** Arguments that do not parse. */
    int wrongArguments(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String reason = firstLower(String.valueOf(failure.getMessage()));
        if (failure instanceof UnmatchedArgumentException unmatched) {
            reason = unmatched(unmatched);
        }
        return usage(reason, failure, command.getCommandSpec().qualifiedName());
    }

    private static String unmatched(UnmatchedArgumentException failure) {
        String argument = failure.getUnmatched().get(0);
        String kind = "argument";
        if (failure.isUnknownOption()) {
            kind = "option";
        } else if (failure.getCommandLine().getParent() == null) {
            kind = "command";
        }
        String reason = "unknown " + kind + " '" + argument + "'";
        return failure.getSuggestions().isEmpty()
                ? reason
                : reason + ", did you mean " + String.join(" or ", failure.getSuggestions()) + "?";
    }

    /**
     * A command that threw.
     *
     * @param command its full name
     */
    int thrown(Throwable failure, String command) {
        if (failure instanceof UsageException usage) {
            return usage(String.valueOf(usage.getMessage()), usage, command);
        }
        boolean input = failure instanceof InputException || failure instanceof ModelFormatException;
        return line(reason(failure), failure, input ? WRONG_INPUT : FAILED);
    }

    private int usage(String reason, Throwable failure, String command) {
        return line(reason + " (see " + command + " --help)", failure, WRONG_USAGE);
    }

    private int line(String reason, Throwable failure, int code) {
        console.err().println("longtail: " + reason.strip().replaceAll("\\s*\\R\\s*", " "));
        if (debug) {
            failure.printStackTrace(console.err());
        }
        return code;
    }

    /** What went wrong, in a sentence. */
    static String reason(Throwable failure) {
        if (failure instanceof UncheckedIOException && failure.getCause() instanceof FileSystemException cause) {
            return reason(cause);
        }
        if (failure instanceof ExceptionInInitializerError && failure.getCause() != null) {
            return reason(failure.getCause());
        }
        if (failure instanceof FileSystemException file) {
            return file.getFile() + ": " + reason(file);
        }
        if (failure instanceof OutOfMemoryError) {
            return "out of memory, the Java heap may be "
                    + Texts.bytes(Runtime.getRuntime().maxMemory())
                    + " at most; set LONGTAIL_JAVA_OPTIONS=-Xmx..., or choose a smaller --preset or table.dimension";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank()
                ? failure.getClass().getSimpleName() + "; --debug shows where"
                : message;
    }

    private static String reason(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        return failure.getReason() == null ? failure.getClass().getSimpleName() : failure.getReason();
    }

    private static String firstLower(String message) {
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }
}
