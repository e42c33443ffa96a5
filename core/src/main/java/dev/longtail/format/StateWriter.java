package dev.longtail.format;

import dev.longtail.matrix.StateCarrier;
import dev.longtail.matrix.Tensor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Notes the state of a run as files of a checkpoint, whose numbers are read when they are written. */
final class StateWriter implements StateCarrier {

    /** The file of all tensors. */
    static final String TENSORS = "state.safetensors";

    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Payload> files = new ArrayList<>();

    /** The files. */
    List<Payload> payloads() {
        List<Payload> payloads = new ArrayList<>(files);
        payloads.add(0, Payload.ofTensors(TENSORS, tensors));
        return payloads;
    }

    @Override
    public boolean isRestoring() {
        return false;
    }

    @Override
    public void tensor(Tensor live) {
        tensors.add(live);
    }

    @Override
    public int length(String name, int now) {
        return now;
    }

    @Override
    public List<Tensor> tensors(String name, List<Tensor> now) {
        now.forEach(tensor -> tensors.add(tensor.named(name + tensor.name())));
        return now;
    }

    @Override
    public void file(String name, Path file) {
        files.add(new Payload(name, channel -> copy(file, channel)));
    }

    private static void copy(Path file, WritableByteChannel out) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            for (long at = 0; at < size; ) {
                at += in.transferTo(at, size - at, out);
            }
        }
    }
}
