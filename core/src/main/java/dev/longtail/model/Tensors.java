package dev.longtail.model;

import dev.longtail.matrix.Tensor;
import dev.longtail.matrix.TensorPages;
import java.lang.reflect.Array;
import java.util.List;

/** Numbers of one model for another. */
final class Tensors {

    private Tensors() {}

    /**
     * Copies tensors into others of the same names and shapes.
     *
     * @throws IllegalArgumentException when names or shapes differ, before anything is copied
     */
    static void copy(List<Tensor> from, List<Tensor> to) {
        if (!from.stream()
                .map(Tensors::text)
                .toList()
                .equals(to.stream().map(Tensors::text).toList())) {
            throw new IllegalArgumentException("the encoder to take over has "
                    + from.stream().map(Tensors::text).toList() + ", this model has "
                    + to.stream().map(Tensors::text).toList()
                    + "; give both the same table and intermediate layer");
        }
        for (int i = 0; i < from.size(); i++) {
            List<?> source = TensorPages.of(from.get(i));
            List<?> target = TensorPages.of(to.get(i));
            for (int page = 0; page < source.size(); page++) {
                // same shape, so same shards, so pages of the same lengths
                System.arraycopy(source.get(page), 0, target.get(page), 0, Array.getLength(source.get(page)));
            }
        }
    }

    private static String text(Tensor tensor) {
        return tensor.name() + " " + tensor.shape();
    }
}
