package dev.longtail.cli;

import dev.longtail.body.BodyConfig;
import dev.longtail.calibration.Calibration;
import dev.longtail.format.TensorType;
import dev.longtail.matrix.BrainFloat;
import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.Weights;
import dev.longtail.model.LabelModel;
import dev.longtail.output.OutputConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be counted in a model. */
final class ModelFacts {

    private ModelFacts() {}

    /**
     * A tensor.
     *
     * @param type of its numbers, as safetensors names it
     * @param zeros number of elements that are zero
     */
    record TensorFacts(String name, TensorType type, List<Long> shape, long elements, long zeros) {

        long bytes() {
            return elements * type.bytes();
        }

        String shapeText() {
            return shape.stream().map(String::valueOf).collect(Collectors.joining(" x "));
        }

        double shareOfZeros() {
            return elements == 0 ? 0 : (double) zeros / elements;
        }
    }

    static List<TensorFacts> tensors(LabelModel model) {
        List<Tensor> tensors = new ArrayList<>(model.tensors());
        model.association().ifPresent(arm -> tensors.addAll(arm.tensors()));
        model.direct().ifPresent(arm -> tensors.addAll(arm.tensors()));
        return tensors(tensors);
    }

    static List<TensorFacts> tensors(List<Tensor> tensors) {
        List<TensorFacts> facts = new ArrayList<>();
        for (Tensor tensor : tensors) {
            TensorType type = TensorType.of(tensor);
            facts.add(new TensorFacts(tensor.name(), type, tensor.shape(), tensor.elements(), zeros(tensor)));
        }
        return facts;
    }

    private static long zeros(Tensor tensor) {
        long zeros = 0;
        if (tensor instanceof Tensor.Floats floats) {
            for (float[] page : floats.pages()) {
                for (float value : page) {
                    zeros += value == 0 ? 1 : 0;
                }
            }
        } else if (tensor instanceof Tensor.Brains brains) {
            for (char[] page : brains.pages()) {
                for (char value : page) {
                    zeros += BrainFloat.toFloat(value) == 0 ? 1 : 0;
                }
            }
        } else if (tensor instanceof Tensor.Bytes bytes) {
            for (byte[] page : bytes.pages()) {
                for (byte value : page) {
                    zeros += value == 0 ? 1 : 0;
                }
            }
        }
        return zeros;
    }

    /** The layers between bag and scores, with the fan-ins of sparse ones. */
    static String layers(LabelModel model) {
        if (!model.config().embedding()) {
            return "no embedding arm";
        }
        BodyConfig body = model.config().body();
        OutputConfig output = model.config().output();
        int dimension = model.config().table().dimension();
        String intermediate = body.intermediate() == 0
                ? ""
                : Texts.count(body.intermediate()) + " intermediate units with "
                        + fanIn(body.intermediateFanIn() == 0 ? dimension : body.intermediateFanIn(), dimension) + ", ";
        String labels = switch (output.kind()) {
            case FIXED_FAN_IN ->
                "labels with " + fanIn(output.fanIn(), model.body().hidden());
            case DENSE -> "a dense output layer";
            case ANCHORS ->
                "an output layer of " + Texts.count(output.anchorLayer().count()) + " anchors";
            case BOTTLENECK -> "an output layer behind " + Texts.count(output.rank()) + " units";
        };
        return dimension + " hidden units, " + intermediate + labels;
    }

    private static String fanIn(int fanIn, int inputs) {
        return "fan-in " + Texts.count(fanIn) + " of " + Texts.count(inputs);
    }

    /** The kind of a calibration as settings name it. */
    static String kind(Calibration calibration) {
        return calibration.kind().name().toLowerCase(Locale.ROOT);
    }

    /** The arm that finds candidates, in words. */
    static String association(LabelModel model) {
        return model.association()
                .map(arm -> String.format(
                        Locale.ROOT,
                        "%,d connections of %,d features, finds %,d candidates",
                        arm.size(),
                        arm.features(),
                        arm.candidates()))
                .orElse("none");
    }

    /** The arm that scores candidates by their features, in words. */
    static String direct(LabelModel model) {
        return model.direct()
                .map(arm -> String.format(
                        Locale.ROOT,
                        "%,d weights over %,d features for %,d candidates",
                        arm.size(),
                        arm.features(),
                        arm.candidates()))
                .orElse("none");
    }

    /** Where probabilities come from. */
    static String probabilities(LabelModel model) {
        return model.calibration()
                .map(calibration -> "calibrated, " + kind(calibration) + ", corrected for "
                        + Texts.count(calibration.shiftedLabels()) + " labels")
                .orElse("not calibrated");
    }

    /** The form of the numbers at both ends. */
    static String numbers(LabelModel model) {
        if (!model.config().embedding()) {
            return "weights in 8 bits, with a scale for each feature or label";
        }
        if (model.config().isStoredInBytes()) {
            return "input table and output weights in 8 bits, with a scale for each row";
        }
        return "input table in 32 bits, output weights in "
                + (model.config().output().weights() == Weights.Format.BFLOAT16 ? "16 (bfloat16)" : "32");
    }

    /** Sizes of the files of a folder by name. */
    static Map<String, Long> files(Path folder) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.size(file));
            }
        }
        return files;
    }

    /** Connections of each input of the output layer, ascending; empty where every label has all inputs. */
    static int[] inDegrees(LabelModel model) {
        for (Tensor tensor : model.tensors()) {
            if (tensor instanceof Tensor.Chars indices && tensor.name().equals("output.indices")) {
                int[] degrees = new int[model.output().inputs()];
                for (char[] page : indices.pages()) {
                    for (char input : page) {
                        degrees[input]++;
                    }
                }
                Arrays.sort(degrees);
                return degrees;
            }
        }
        return new int[0];
    }

    /** How many numbers lie from one bound to the other, both included. */
    record Range(int from, int to, int count) {

        String text() {
            return from == to ? Texts.count(from) : Texts.count(from) + " to " + Texts.count(to);
        }
    }

    /** Labels by training frequency: 0, 1, 2 to 3, 4 to 7 and so on; ranges without labels are left out. */
    static List<Range> frequencies(LabelModel model) {
        int[] counts = new int[33];
        for (int frequency : model.labels().frequencies()) {
            counts[32 - Integer.numberOfLeadingZeros(frequency)]++;
        }
        List<Range> ranges = new ArrayList<>();
        for (int bits = 0; bits < counts.length; bits++) {
            if (counts[bits] > 0) {
                int from = bits == 0 ? 0 : 1 << (bits - 1);
                ranges.add(new Range(from, Math.max(from, 2 * from - 1), counts[bits]));
            }
        }
        return ranges;
    }

    /** Ranges of about the same width from the smallest to the largest number. */
    static List<Range> histogram(int[] ascending, int ranges) {
        int first = ascending[0];
        long span = ascending[ascending.length - 1] - (long) first + 1;
        int count = (int) Math.min(ranges, span);
        List<Range> histogram = new ArrayList<>();
        int next = 0;
        for (int range = 0; range < count; range++) {
            int from = (int) (first + span * range / count);
            int to = (int) (first + span * (range + 1) / count - 1);
            int start = next;
            while (next < ascending.length && ascending[next] <= to) {
                next++;
            }
            histogram.add(new Range(from, to, next - start));
        }
        return histogram;
    }

    /** Numbers of the most frequent labels, most frequent first. */
    static List<Integer> mostFrequent(LabelModel model, int count) {
        int[] frequencies = model.labels().frequencies();
        return Stream.iterate(0, label -> label + 1)
                .limit(frequencies.length)
                .sorted((a, b) -> Integer.compare(frequencies[b], frequencies[a]))
                .limit(count)
                .toList();
    }
}
