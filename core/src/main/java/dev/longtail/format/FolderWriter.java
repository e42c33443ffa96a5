package dev.longtail.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Writes one model folder, all or nothing. */
final class FolderWriter {

    private final boolean replace;
    private final Siblings siblings;
    private final Path target;
    private final Path parent;

    /** @param replace whether a model that is there may be replaced */
    FolderWriter(Path path, boolean replace) throws IOException {
        this.replace = replace;
        siblings = Siblings.of(path);
        target = siblings.target();
        Path above = target.getParent();
        if (above == null) {
            throw new ModelFormatException(target, -1, "is no place for a model, name a folder");
        }
        parent = above;
    }

    void write(ObjectNode fields, List<Payload> payloads) throws IOException {
        Files.createDirectories(parent);
        siblings.recover();
        checkReplaceable();
        Path part = Files.createDirectory(siblings.newPart());
        try {
            fill(part, fields, payloads);
            moveIn(part);
        } finally {
            if (Files.exists(part)) {
                Siblings.delete(part);
            }
        }
        forceFolder(parent);
    }

    /** Looks at what stands there: nothing, an empty folder, or a model that may be replaced. */
    void checkReplaceable() throws IOException {
        if (siblings.isVacant()) {
            return;
        }
        checkMayReplace();
        if (!Files.isDirectory(target)) {
            throw new ModelFormatException(target, -1, "is a file, a model is a folder; choose another name");
        }
        if (ModelManifest.namesIn(target).isEmpty()) {
            throw new ModelFormatException(
                    target, -1, "holds files and no model; choose another folder, or empty this one");
        }
        checkNoStrangers(target);
    }

    private void checkMayReplace() throws FileAlreadyExistsException {
        if (!replace) {
            throw new FileAlreadyExistsException(
                    target.toString(), null, "is there already; choose another name, or allow replacing it");
        }
    }

    private static void checkNoStrangers(Path model) throws IOException {
        for (Path stranger : Siblings.strangers(model)) {
            throw new ModelFormatException(
                    stranger, -1, "is not part of the model beside it, which is to be replaced; move it elsewhere");
        }
    }

    private static void fill(Path part, ObjectNode fields, List<Payload> payloads) throws IOException {
        Path writing = part.resolve(Siblings.WRITING);
        try (FileChannel lock = FileChannel.open(writing, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            lock(lock);
            List<ModelManifest.File> files = new ArrayList<>();
            for (Payload payload : payloads) {
                files.add(writeFile(part.resolve(payload.name()), payload.content()));
            }
            byte[] manifest = ModelManifest.of(fields, files).bytes();
            byte[] sum = ModelManifest.sumLine(manifest).getBytes(StandardCharsets.UTF_8);
            writeFile(part.resolve(ModelManifest.NAME), channel -> channel.write(ByteBuffer.wrap(manifest)));
            writeFile(part.resolve(ModelManifest.SUM_NAME), channel -> channel.write(ByteBuffer.wrap(sum)));
        }
        Files.delete(writing);
        forceFolder(part);
    }

    private static void lock(FileChannel channel) {
        try {
            channel.lock();
        } catch (IOException e) {
            // A network file system without locks. Then no other writer gets this lock either, and none deletes the
            // folder it lies in.
        }
    }

    private static ModelManifest.File writeFile(Path file, Payload.Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            Checksums.SummingChannel summing = new Checksums.SummingChannel(channel);
            content.writeTo(summing);
            channel.force(true);
            return summing.entry(file.getFileName().toString());
        } catch (ClosedByInterruptException | FileSystemException e) {
            throw e; // they say enough
        } catch (IOException e) {
            throw new IOException(
                    "writing " + file + " failed: " + e.getMessage()
                            + "; nothing was changed, is there room on the disk?",
                    e);
        }
    }

    /**
     * Java cannot exchange two folders in one step, so a model that is replaced is moved aside first. A kill between
     * the two moves leaves the target's place empty; readers and the next writer find the old model beside it.
     */
    private void moveIn(Path part) throws IOException {
        if (siblings.isVacant()) {
            Files.deleteIfExists(target);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        checkMayReplace(); // another writer may have been faster
        Path old = siblings.newOld();
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        forceFolder(parent); // the moves must be on disk before the old model goes
        checkNoStrangers(old); // which may have come in the meantime
        Siblings.delete(old);
    }

    // Only POSIX systems can open a folder, and only there its entries need this.
    private static void forceFolder(Path folder) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
