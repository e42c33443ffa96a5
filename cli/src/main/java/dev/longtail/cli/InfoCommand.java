package dev.longtail.cli;

import dev.longtail.data.DataFormat;
import dev.longtail.format.ModelFolder;
import dev.longtail.format.TensorType;
import dev.longtail.kernel.Vectors;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "info",
        description = "Tells version, Java machine, kernels in use and formats.",
        footer = {"", "Example:", "  longtail info"})
final class InfoCommand implements Callable<Integer> {

    private final Console console;

    @Option(names = "--json", description = "Write one JSON object instead of a table.")
    private boolean json;

    InfoCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (json) {
            console.out().println(Json.line(object()));
        } else {
            String formats =
                    Arrays.stream(DataFormat.values()).map(DataFormat::toString).collect(Collectors.joining(", "));
            Table.ofTexts("version", Version.text())
                    .row("Java", java())
                    .row("system", system())
                    .row("kernels", Vectors.description())
                    .row("lanes", Vectors.lanes() + " floats at once")
                    .row("processors", String.valueOf(Runtime.getRuntime().availableProcessors()))
                    .row("largest heap", Texts.bytes(Runtime.getRuntime().maxMemory()))
                    .row("formats", formats)
                    .row("models", models())
                    .print(console.out());
        }
        console.flush();
        return Failures.DONE;
    }

    private static ObjectNode object() {
        ObjectNode object = Json.object();
        object.put("version", Version.text());
        object.put("java", java());
        object.put("system", system());
        object.put("kernels", Vectors.name());
        object.put("kernelsDescription", Vectors.description());
        object.put("lanes", Vectors.lanes());
        object.put("processors", Runtime.getRuntime().availableProcessors());
        object.put("maxHeapBytes", Runtime.getRuntime().maxMemory());
        ArrayNode formats = object.putArray("formats");
        for (DataFormat format : DataFormat.values()) {
            formats.add(format.toString());
        }
        object.put("modelFormatVersion", ModelFolder.VERSION);
        ArrayNode types = object.putArray("modelNumbers");
        for (TensorType type : TensorType.values()) {
            types.add(type.name());
        }
        return object;
    }

    /** What model folders are read. */
    private static String models() {
        String types = Arrays.stream(TensorType.values()).map(TensorType::name).collect(Collectors.joining(", "));
        String versions = ModelFolder.OLDEST_VERSION == ModelFolder.VERSION
                ? String.valueOf(ModelFolder.VERSION)
                : ModelFolder.OLDEST_VERSION + " to " + ModelFolder.VERSION;
        return "format " + versions + ", numbers " + types;
    }

    private static String java() {
        return System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")";
    }

    private static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }
}
