package dev.longtail.cli;

import dev.longtail.config.Settings;
import dev.longtail.config.SettingsFile;
import dev.longtail.train.LabelConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that choose hyper-parameters: a preset, and changes to it. */
class SettingOptions {

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            description = "Settings to start from: small, base or large, by how much they spend. Default: base.")
    private LabelConfig.@Nullable Preset preset;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings to change, before --set: lines of name = value, and comments after #.")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "Change a setting, for example fanIn=128; may be given several times. train --settings lists"
                    + " them.")
    private List<String> changes = List.of();

    /** Whether the user gave any of these options. */
    boolean any() {
        return preset != null || file != null || !changes.isEmpty();
    }

    /**
     * The settings that were asked for.
     *
     * @throws dev.longtail.config.InputException when the file of --config is wrong
     * @throws IOException when it cannot be read
     */
    LabelConfig config() throws IOException {
        return config(Map.of());
    }

    /**
     * The settings that were asked for.
     *
     * @param others changes to preset and file by path, where the user has not given others with --set
     * @throws dev.longtail.config.InputException when the file of --config is wrong
     * @throws IOException when it cannot be read
     */
    LabelConfig config(Map<String, String> others) throws IOException {
        return applied(preset().config(), others);
    }

    /**
     * Settings with the changes that were asked for, apart from --preset.
     *
     * @param others changes to the settings and the file by path, where the user has not given others with --set
     */
    <R extends Record> R applied(R settings, Map<String, String> others) throws IOException {
        Map<String, String> values = new LinkedHashMap<>(changed());
        others.forEach((path, value) -> {
            if (values.keySet().stream().noneMatch(name -> path.equals(name) || path.endsWith("." + name))) {
                values.put(path, value);
            }
        });
        R start = settings;
        if (file != null) {
            start = SettingsFile.read(file).applyTo(start);
        }
        try {
            return Settings.override(start, values);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()), e);
        }
    }

    /** Whether a setting of this name or path, or of this group, was given by the user. */
    boolean mentions(String name) throws IOException {
        Set<String> given = new HashSet<>(changed().keySet());
        if (file != null) {
            given.addAll(SettingsFile.read(file).values().keySet());
        }
        return given.stream()
                .anyMatch(path -> path.equals(name) || path.endsWith("." + name) || path.startsWith(name + "."));
    }

    /** Paths of the settings that options other than --preset and --config give. */
    Set<String> given(Record config) {
        Set<String> paths = new HashSet<>();
        changed().keySet().forEach(name -> paths.add(Settings.leaf(config, name).path()));
        return paths;
    }

    /**
     * Paths of the settings that were given one by one, by a file or an option: all but those of the preset.
     *
     * @throws IOException when the file cannot be read
     */
    Set<String> held(Record config) throws IOException {
        Set<String> paths = given(config);
        if (file != null) {
            SettingsFile.read(file)
                    .values()
                    .keySet()
                    .forEach(name -> paths.add(Settings.leaf(config, name).path()));
        }
        return paths;
    }

    private LabelConfig.Preset preset() {
        return preset == null ? LabelConfig.Preset.BASE : preset;
    }

    /** What options other than --preset and --config give, by name. */
    Map<String, String> changed() {
        return parse(changes);
    }

    /** The settings of some --set NAME=VALUE, by name. */
    static Map<String, String> parse(List<String> changes) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String change : changes) {
            int equals = change.indexOf('=');
            if (equals < 1) {
                throw new UsageException("--set takes NAME=VALUE, got '" + change + "'");
            }
            String name = change.substring(0, equals).strip();
            if (values.put(name, change.substring(equals + 1).strip()) != null) {
                throw new UsageException("--set gives " + name + " twice");
            }
        }
        return values;
    }

    /** Adds what an option gave, if it was given. */
    static void put(Map<String, String> values, String name, @Nullable Object value) {
        if (value != null && values.put(name, value.toString()) != null) {
            throw new UsageException("--set gives " + name + ", which has an option of its own as well");
        }
    }

    /** Prints every setting of some that are applied, with its value and its meaning. */
    void list(Record applied, String of, Console console) {
        console.out()
                .println("Settings " + of + (file == null ? "" : " with " + file)
                        + "; change one with --set NAME=VALUE.");
        console.out().println("The last parts of a name are enough where only one ends in them.");
        list(applied, console);
    }

    /** Prints every setting with its value, as the other options make it, and its meaning. */
    void list(Console console) throws IOException {
        list(config(), "of preset " + preset().name().toLowerCase(Locale.ROOT), console);
    }

    /** Prints every setting of a record with its value and its meaning. */
    static void list(Record settings, Console console) {
        String group = "";
        for (Settings.Leaf leaf : Settings.leaves(settings)) {
            String start = leaf.path().substring(0, Math.max(0, leaf.path().lastIndexOf('.')));
            if (!start.equals(group)) {
                console.out().println();
                group = start;
            }
            String choices = leaf.choices().isEmpty() ? "" : " {" + String.join(", ", leaf.choices()) + "}";
            console.out().println(leaf.path() + " = " + leaf.defaultText() + choices);
            console.out().println("    " + leaf.meaning());
        }
    }
}
