package dev.longtail.format;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folders that stand beside a model while it is written: {@code .name.part-*}, the new one until it is complete,
 * and {@code .name.old-*}, the one it replaces between the moves. Knows which of them are ours.
 *
 * @param target the model's place
 */
record Siblings(Path target) {

    /** Lies in a part folder, locked, as long as somebody writes there. */
    static final String WRITING = ".writing";

    /** The real place of a path, so that a link to a model is followed and the model behind it replaced. */
    static Siblings of(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        return new Siblings(Files.exists(absolute) ? absolute.toRealPath() : absolute);
    }

    Path newPart() {
        return target.resolveSibling(prefix("part") + random());
    }

    Path newOld() {
        return target.resolveSibling(prefix("old") + random());
    }

    /** Whether nothing is in the model's place, or an empty folder. */
    boolean isVacant() throws IOException {
        if (Files.isDirectory(target)) {
            return list(target).isEmpty();
        }
        return !Files.exists(target);
    }

    /** The model's place, or where the old model was put aside when nothing is there. */
    Path readable() throws IOException {
        if (!isVacant()) {
            return target;
        }
        List<Path> olds = oldModels();
        return olds.isEmpty() ? target : olds.get(0);
    }

    /**
     * Clears up after an interrupted write. An old model goes back to its place if that is vacant. It is deleted only
     * if a model is there; anything else was put there by somebody, and the old model may be the only one.
     */
    void recover() throws IOException {
        List<Path> olds = oldModels();
        if (!olds.isEmpty() && isVacant()) {
            Files.deleteIfExists(target);
            Files.move(olds.get(0), target, StandardCopyOption.ATOMIC_MOVE);
        }
        if (!ModelManifest.namesIn(target).isEmpty()) {
            for (Path old : oldModels()) {
                delete(old);
            }
        }
        for (Path part : named("part")) {
            if (isFlat(part) && isAbandoned(part)) {
                delete(part);
            }
        }
    }

    /** Deletes a folder of plain files; what shows that it is ours goes last, in case this is interrupted too. */
    static void delete(Path folder) throws IOException {
        List<Path> last = List.of(folder.resolve(WRITING), folder.resolve(ModelManifest.NAME));
        for (Path file : list(folder)) {
            if (!last.contains(file)) {
                Files.delete(file);
            }
        }
        for (Path file : last) {
            Files.deleteIfExists(file);
        }
        Files.delete(folder);
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }

    /** Files in a folder that the manifest in it does not list. */
    static List<Path> strangers(Path folder) throws IOException {
        Set<String> ours = ModelManifest.namesIn(folder);
        return list(folder).stream()
                .filter(file -> !ours.contains(file.getFileName().toString()))
                .toList();
    }

    /** Models put aside; more than one only if somebody copied them. */
    private List<Path> oldModels() throws IOException {
        List<Path> models = new ArrayList<>();
        for (Path old : named("old")) {
            if (isFlat(old) && isOnlyModel(old)) {
                models.add(old);
            }
        }
        return models;
    }

    private List<Path> named(String kind) throws IOException {
        Path parent = target.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return List.of();
        }
        Pattern name = Pattern.compile(Pattern.quote(prefix(kind)) + "[0-9a-f]{32}");
        return list(parent).stream()
                .filter(path -> name.matcher(path.getFileName().toString()).matches())
                .toList();
    }

    private static boolean isFlat(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        return list(folder).stream().allMatch(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** Whether a part folder is ours and its writer is gone: the lock is free, or it was about to be or just moved. */
    private static boolean isAbandoned(Path part) throws IOException {
        Path writing = part.resolve(WRITING);
        if (!Files.exists(writing)) {
            return list(part).isEmpty() || isOnlyModel(part);
        }
        try (FileChannel channel = FileChannel.open(writing, StandardOpenOption.WRITE)) {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException | IOException e) {
            return false; // a thread of this program writes there, or nobody can tell
        }
    }

    private static boolean isOnlyModel(Path folder) throws IOException {
        return !ModelManifest.namesIn(folder).isEmpty() && strangers(folder).isEmpty();
    }

    private String prefix(String kind) {
        return "." + target.getFileName() + "." + kind + "-";
    }

    private static String random() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
