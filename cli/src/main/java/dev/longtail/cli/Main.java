package dev.longtail.cli;

import dev.longtail.kernel.KernelChoice;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The {@code longtail} command. */
public final class Main {

    private static final int HELP_WIDTH = 100;

    /** In the order in which help lists them. */
    private static final List<String> COMMANDS = List.of(
            "train",
            "plan",
            "evaluate",
            "predict",
            "explain",
            "recommend",
            "serve",
            "report",
            "inspect",
            "shrink",
            "select",
            "labels",
            "feedback",
            "verify",
            "card",
            "convert",
            "export",
            "completion",
            "info",
            "generate",
            "bench",
            "quickstart");

    private final Console console;
    private final CommandLine line = new CommandLine(new RootCommand());
    private final List<CommonOptions> common = new ArrayList<>();

    private Main(Console console) {
        this.console = console;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Console.ofProcess(), arguments));
    }

    /** Runs the command and returns its exit code: 0 done, 1 failed, 2 wrong usage, 3 wrong input or model file. */
    static int run(Console console, String... arguments) {
        return new Main(console).run(arguments);
    }

    /** All commands as they are parsed, for what describes them and runs none. */
    static CommandLine commands() {
        InputStream nothing = InputStream.nullInputStream();
        OutputStream nowhere = OutputStream.nullOutputStream();
        Main main = new Main(Console.of(nothing, nowhere, nowhere));
        main.addCommands(COMMANDS);
        return main.line;
    }

    private int run(String... arguments) {
        // The options of all commands take a third of a second to read, so where one is named it is the only one.
        boolean named = arguments.length > 0 && COMMANDS.contains(arguments[0]);
        addCommands(named ? List.of(arguments[0]) : COMMANDS);
        Converters.register(line);
        boolean colours = console.outTerminal() && console.errTerminal() && System.getenv("NO_COLOR") == null;
        line.setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF));
        line.setUsageHelpWidth(HELP_WIDTH);
        line.setOut(console.out());
        line.setErr(console.err());
        Handlers handlers = new Handlers();
        line.setParameterExceptionHandler(handlers);
        line.setExecutionExceptionHandler(handlers);
        line.setExecutionStrategy(handlers);
        return execute(arguments);
    }

    private void addCommands(List<String> names) {
        addCommon(line);
        for (String name : names) {
            Object command = command(name);
            CommandLine sub = commandLine(command);
            if (command instanceof LabelsCommand labels) {
                labels.commands().forEach(below -> sub.addSubcommand(commandLine(below)));
            }
            line.addSubcommand(sub);
        }
        line.addSubcommand(new CommandLine.HelpCommand());
        line.getCommandSpec().usageMessage().sortOptions(false);
    }

    private Object command(String name) {
        return switch (name) {
            case "train" -> new TrainCommand(console);
            case "plan" -> new PlanCommand(console);
            case "evaluate" -> new EvaluateCommand(console);
            case "predict" -> new PredictCommand(console);
            case "explain" -> new ExplainCommand(console);
            case "recommend" -> new RecommendCommand(console);
            case "serve" -> new ServeCommand(console);
            case "report" -> new ReportCommand(console);
            case "inspect" -> new InspectCommand(console);
            case "shrink" -> new ShrinkCommand(console);
            case "select" -> new SelectCommand(console);
            case "labels" -> new LabelsCommand(console);
            case "feedback" -> new FeedbackCommand(console);
            case "verify" -> new VerifyCommand(console);
            case "card" -> new CardCommand(console);
            case "convert" -> new ConvertCommand(console);
            case "export" -> new ExportCommand(console);
            case "completion" -> new CompletionCommand(console);
            case "info" -> new InfoCommand(console);
            case "generate" -> new GenerateCommand(console);
            case "bench" -> new BenchCommand(console);
            case "quickstart" -> new QuickstartCommand(console);
            default -> throw new IllegalArgumentException("there is no command " + name);
        };
    }

    private CommandLine commandLine(Object command) {
        CommandLine sub = new CommandLine(command);
        addCommon(sub);
        sub.getCommandSpec().usageMessage().sortOptions(false).sortSynopsis(false);
        return sub;
    }

    private void addCommon(CommandLine command) {
        CommonOptions options = new CommonOptions();
        common.add(options);
        command.addMixin("common", options);
    }

    private Failures failures() {
        return new Failures(console, common.stream().anyMatch(CommonOptions::debug));
    }

    private int execute(String... arguments) {
        try {
            int code = line.execute(arguments);
            if (code == Failures.DONE) {
                console.flush();
            }
            return code;
        } catch (IOException | RuntimeException | OutOfMemoryError | ExceptionInInitializerError e) {
            return failures().thrown(e, "longtail");
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    /** What picocli calls. No lambdas, see {@link Converters}. */
    private final class Handlers implements IParameterExceptionHandler, IExecutionExceptionHandler, IExecutionStrategy {

        @Override
        public int handleParseException(ParameterException failure, String[] arguments) {
            return failures().wrongArguments(failure);
        }

        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
            return failures().thrown(failure, command.getCommandSpec().qualifiedName());
        }

        @Override
        public int execute(ParseResult parsed) {
            Integer helped = CommandLine.executeHelpRequest(parsed);
            return helped == null ? executed(parsed) : helped;
        }
    }

    private static int executed(ParseResult parsed) {
        try {
            if (System.getProperty(KernelChoice.PROPERTY) != null) { // to ask takes a tenth of a second
                KernelChoice.ofThisJvm(); // a wrong wish is told here, not from the depth of a class initialiser
            }
        } catch (IllegalArgumentException e) {
            UsageException wrong = new UsageException(String.valueOf(e.getMessage()), e);
            throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), wrong);
        }
        return new RunLast().execute(parsed);
    }
}
