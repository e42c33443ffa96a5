package dev.longtail.cli;

import dev.longtail.kernel.KernelChoice;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The {@code longtail} command. */
public final class Main {

    private static final int HELP_WIDTH = 100;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs the command and returns its exit code: 0 done, 1 failed, 2 wrong usage, 3 wrong input or model file. */
    static int run(Console console, String... arguments) {
        RootCommand root = new RootCommand();
        CommandLine line = commandLine(root, console);
        try {
            int code = line.execute(arguments);
            console.flush();
            return code;
        } catch (IOException | OutOfMemoryError | ExceptionInInitializerError e) {
            return new Failures(console, root.debug()).thrown(e, "longtail");
        } finally {
            console.err().flush();
        }
    }

    private static CommandLine commandLine(RootCommand root, Console console) {
        CommandLine line = new CommandLine(root);
        line.addSubcommand(new TrainCommand(console));
        line.addSubcommand(new EvaluateCommand(console));
        line.addSubcommand(new PredictCommand(console));
        line.addSubcommand(new InspectCommand(console));
        line.addSubcommand(new InfoCommand(console));
        line.addSubcommand(new QuickstartCommand(console));
        Converters.register(line);
        boolean colours = console.outTerminal() && console.errTerminal() && System.getenv("NO_COLOR") == null;
        line.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setOut(console.out());
        line.setErr(console.err());
        line.setParameterExceptionHandler(
                (failure, arguments) -> new Failures(console, root.debug()).wrongArguments(failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> new Failures(console, root.debug())
                .thrown(failure, command.getCommandSpec().qualifiedName()));
        IExecutionStrategy strategy = Main::execute;
        return line.setExecutionStrategy(strategy);
    }

    private static int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        KernelChoice.ofThisJvm(); // a wrong wish is told here, not from the depth of a class initialiser
        return new RunLast().execute(parsed);
    }
}
