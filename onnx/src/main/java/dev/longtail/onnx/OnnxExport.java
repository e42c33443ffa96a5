package dev.longtail.onnx;

import dev.longtail.format.LibraryVersion;
import dev.longtail.model.LabelModel;
import dev.longtail.model.RatingModel;
import java.util.Map;

/**
 * A model as a file of ONNX that gives the same scores, up to the rounding of 32-bit sums. Models whose scores no such
 * graph gives are refused: those with an association or a direct arm, which score candidates only.
 *
 * <p>Tables of all kinds become one row for each feature, in 32 bits, so a file may be much larger than the model.
 */
public final class OnnxExport {

    /** Bytes of a message of protobuf at most, with room for all that is not numbers. */
    static final long MOST_BYTES = Integer.MAX_VALUE - (1L << 20);

    private OnnxExport() {}

    /**
     * The file of a model that tags. Inputs: {@code features}, int64 [batch][entries], numbers of the features of each
     * text as the model's vocabulary has them, and {@code values}, float [batch][entries], their weights; entries
     * without a feature have the weight 0 and any number. Output: {@code scores}, float [batch][labels], the labels in
     * the order of labels.tsv.
     *
     * @param properties texts to store in the file
     * @throws IllegalArgumentException when no graph gives the scores of the model, or it is too large
     */
    public static byte[] of(LabelModel model, Map<String, String> properties) {
        LabelGraph.obstacle(model).ifPresent(obstacle -> {
            throw new IllegalArgumentException(
                    "the model " + obstacle + ". No graph of ONNX would give its scores exactly");
        });
        requireRoom(LabelGraph.numbers(model));
        return LabelGraph.of(model).file(LibraryVersion.text(), properties);
    }

    /**
     * The file of a model that rates. Inputs: {@code users} and {@code items}, int64 [batch], their line numbers from 0
     * in users.tsv and items.tsv, or -1 where they are not known. Output: {@code ratings}, float [batch].
     *
     * @param properties texts to store in the file
     * @throws IllegalArgumentException when it is too large
     */
    public static byte[] of(RatingModel model, Map<String, String> properties) {
        requireRoom(RatingGraph.numbers(model));
        return RatingGraph.of(model).file(LibraryVersion.text(), properties);
    }

    private static void requireRoom(long numbers) {
        if (numbers > MOST_BYTES / Float.BYTES) {
            throw new IllegalArgumentException("the graph would have " + numbers * Float.BYTES + " bytes, and a file of"
                    + " ONNX has at most " + MOST_BYTES + "; use a model with fewer features or a smaller dimension");
        }
    }
}
