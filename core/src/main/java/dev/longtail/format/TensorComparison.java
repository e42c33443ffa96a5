package dev.longtail.format;

import dev.longtail.matrix.BrainFloat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds the first tensor in which two files of tensors differ. */
public final class TensorComparison {

    private TensorComparison() {}

    /**
     * A tensor that differs.
     *
     * @param file name of the file
     * @param first type and shape in the first model, empty where it has no such tensor
     * @param second type and shape in the second model
     * @param numbers which numbers differ, empty where type or shape do
     */
    public record TensorDifference(
            String file,
            String tensor,
            Optional<String> first,
            Optional<String> second,
            Optional<NumberDifference> numbers) {}

    /**
     * Numbers that differ.
     *
     * @param count how many
     * @param of how many there are
     * @param place index of the first of them along each extent
     * @param first its value in the first model
     * @param second its value in the second model
     * @param largest largest difference of two numbers at the same place
     */
    public record NumberDifference(long count, long of, List<Long> place, double first, double second, double largest) {

        public NumberDifference {
            place = List.copyOf(place);
        }
    }

    /** The first difference in the order of the first file, then of tensors that only the second one has. */
    static Optional<TensorDifference> first(String name, Path first, Path second) throws IOException {
        try (Safetensors here = Safetensors.open(first);
                Safetensors there = Safetensors.open(second)) {
            for (String tensor : here.names()) {
                Optional<String> mine = Optional.of(form(here, tensor));
                Optional<String> other =
                        there.names().contains(tensor) ? Optional.of(form(there, tensor)) : Optional.empty();
                if (!mine.equals(other)) {
                    return Optional.of(new TensorDifference(name, tensor, mine, other, Optional.empty()));
                }
                Optional<NumberDifference> numbers = numbers(tensor, here, there);
                if (numbers.isPresent()) {
                    return Optional.of(new TensorDifference(name, tensor, mine, other, numbers));
                }
            }
            Set<String> more = new TreeSet<>(there.names());
            more.removeAll(here.names());
            for (String tensor : more) {
                return Optional.of(new TensorDifference(
                        name, tensor, Optional.empty(), Optional.of(form(there, tensor)), Optional.empty()));
            }
            return Optional.empty();
        }
    }

    private static String form(Safetensors file, String tensor) throws ModelFormatException {
        return file.type(tensor) + " " + file.shape(tensor);
    }

    private static Optional<NumberDifference> numbers(String tensor, Safetensors here, Safetensors there)
            throws IOException {
        TensorType type = here.type(tensor);
        long elements = here.shape(tensor).stream().reduce(1L, (a, b) -> a * b);
        Difference found = new Difference(type);
        for (long offset = 0; offset < elements * type.bytes(); ) {
            ByteBuffer mine = here.bytes(tensor, offset);
            ByteBuffer other = there.bytes(tensor, offset);
            found.add(mine, other, offset / type.bytes());
            offset += mine.capacity();
        }
        return found.count == 0
                ? Optional.empty()
                : Optional.of(new NumberDifference(
                        found.count,
                        elements,
                        place(found.place, here.shape(tensor)),
                        found.first,
                        found.second,
                        found.largest));
    }

    /** Index along each extent of the number at a place of the row-major order. */
    private static List<Long> place(long flat, List<Long> shape) {
        Long[] place = new Long[shape.size()];
        long rest = flat;
        for (int axis = place.length - 1; axis >= 0; axis--) {
            place[axis] = rest % shape.get(axis);
            rest /= shape.get(axis);
        }
        return List.of(place);
    }

    /** What has been found so far; numbers are compared by their bits, so that NaN equals itself and 0 not -0. */
    private static final class Difference {
        private final TensorType type;
        private long count;
        private long place;
        private double first;
        private double second;
        private double largest;

        Difference(TensorType type) {
            this.type = type;
        }

        void add(ByteBuffer mine, ByteBuffer other, long start) {
            int at = mine.mismatch(other);
            if (at < 0) {
                return;
            }
            int bytes = type.bytes();
            for (int number = at / bytes; number < mine.capacity() / bytes; number++) {
                if (bits(mine, number) == bits(other, number)) {
                    continue;
                }
                double a = value(mine, number);
                double b = value(other, number);
                if (count == 0) {
                    place = start + number;
                    first = a;
                    second = b;
                }
                count++;
                largest = Math.max(largest, Math.abs(a - b));
            }
        }

        private int bits(ByteBuffer buffer, int number) {
            int at = number * type.bytes();
            return switch (type) {
                case F32, I32 -> buffer.getInt(at);
                case BF16, U16 -> buffer.getChar(at);
                case I8 -> buffer.get(at);
            };
        }

        private double value(ByteBuffer buffer, int number) {
            int at = number * type.bytes();
            return switch (type) {
                case F32 -> buffer.getFloat(at);
                case BF16 -> BrainFloat.toFloat(buffer.getChar(at));
                case U16 -> buffer.getChar(at);
                case I32 -> buffer.getInt(at);
                case I8 -> buffer.get(at);
            };
        }
    }
}
