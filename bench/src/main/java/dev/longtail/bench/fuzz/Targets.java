package dev.longtail.bench.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that reads what strangers send. */
public final class Targets {

    private Targets() {}

    /** All targets. @param folder for their files, which its owner deletes */
    public static List<Target> in(Path folder) throws IOException {
        List<Target> targets =
                new ArrayList<>(new ParserTargets(Files.createDirectories(folder.resolve("parsers"))).all());
        targets.addAll(new ModelTargets(Files.createDirectories(folder.resolve("models"))).all());
        return targets;
    }
}
