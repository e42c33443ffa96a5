package dev.longtail.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A graph of ONNX that grows from its inputs to its outputs. Every value has a name, which the methods return and take;
 * constants are stored in the graph. Operators are those of opset 13.
 */
final class GraphBuilder {

    /** Version of the operators that the graph uses. */
    private static final int OPSET = 13;

    /** Version of the file's form, the one that belongs to the opset. */
    private static final int IR = 8;

    private final OnnxMl.GraphProto.Builder graph = OnnxMl.GraphProto.newBuilder();
    private int values;

    GraphBuilder(String name) {
        graph.setName(name);
    }

    /** An input of 64-bit integers. @param axes names of its extents, which are open */
    String integers(String name, String... axes) {
        graph.addInput(info(name, OnnxMl.TensorProto.DataType.INT64, List.of((Object[]) axes)));
        return name;
    }

    /** An input of 32-bit floats. @param axes names of its extents, which are open */
    String floats(String name, String... axes) {
        graph.addInput(info(name, OnnxMl.TensorProto.DataType.FLOAT, List.of((Object[]) axes)));
        return name;
    }

    /** Makes a value an output of 32-bit floats. @param axes extents: names where they are open, or numbers */
    void output(String name, String value, Object... axes) {
        graph.addNode(OnnxMl.NodeProto.newBuilder()
                .setOpType("Identity")
                .setName(name)
                .addInput(value)
                .addOutput(name));
        graph.addOutput(info(name, OnnxMl.TensorProto.DataType.FLOAT, List.of(axes)));
    }

    /** A constant of floats, row-major. */
    String constant(String name, float[] numbers, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return constant(name, OnnxMl.TensorProto.DataType.FLOAT, bytes, shape);
    }

    /** A constant of 64-bit integers, row-major. */
    String constant(String name, long[] numbers, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers.length, Long.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(numbers);
        return constant(name, OnnxMl.TensorProto.DataType.INT64, bytes, shape);
    }

    /** A constant that is one number. */
    String number(String name, float value) {
        return constant(name, new float[] {value});
    }

    private String constant(String name, OnnxMl.TensorProto.DataType type, ByteBuffer bytes, long... shape) {
        OnnxMl.TensorProto.Builder tensor = OnnxMl.TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .setRawData(ByteString.copyFrom(bytes));
        for (long extent : shape) {
            tensor.addDims(extent);
        }
        graph.addInitializer(tensor);
        return name;
    }

    /** A value that an operator makes of others. */
    String apply(String operator, String... inputs) {
        return apply(operator, Map.of(), inputs);
    }

    /** The same with whole numbers as attributes. */
    String apply(String operator, Map<String, Long> attributes, String... inputs) {
        String output = operator.toLowerCase(Locale.ROOT) + "_" + values++;
        OnnxMl.NodeProto.Builder node = OnnxMl.NodeProto.newBuilder()
                .setOpType(operator)
                .setName(output)
                .addAllInput(List.of(inputs))
                .addOutput(output);
        attributes.forEach((name, value) -> node.addAttribute(OnnxMl.AttributeProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.AttributeProto.AttributeType.INT)
                .setI(value)));
        graph.addNode(node);
        return output;
    }

    /** Rows of a table by number, along its first axis, or columns along another. */
    String gather(String table, String numbers, long axis) {
        return apply("Gather", Map.of("axis", axis), table, numbers);
    }

    /** The sum along an axis, which the result has no more. */
    String sum(String value, long axis) {
        String axes = constant("axes_" + values, new long[] {axis}, 1);
        return apply("ReduceSum", Map.of("keepdims", 0L), value, axes);
    }

    /** The sum along an axis, which the result has with the extent 1. */
    String sumKept(String value, long axis) {
        String axes = constant("axes_" + values, new long[] {axis}, 1);
        return apply("ReduceSum", Map.of("keepdims", 1L), value, axes);
    }

    /** A value with one more axis, of the extent 1. */
    String widened(String value, long axis) {
        String axes = constant("axes_" + values, new long[] {axis}, 1);
        return apply("Unsqueeze", value, axes);
    }

    /** A condition as 0 or 1. */
    String zeroOrOne(String condition) {
        return apply("Cast", Map.of("to", (long) OnnxMl.TensorProto.DataType.FLOAT.getNumber()), condition);
    }

    /**
     * The file.
     *
     * @param version of the program that writes it
     * @param properties texts to store with it
     */
    byte[] file(String version, Map<String, String> properties) {
        OnnxMl.ModelProto.Builder model = OnnxMl.ModelProto.newBuilder()
                .setIrVersion(IR)
                .setProducerName("longtail")
                .setProducerVersion(version)
                .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET))
                .setGraph(graph);
        properties.forEach((key, value) -> model.addMetadataProps(
                OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
        return model.build().toByteArray();
    }

    private static OnnxMl.ValueInfoProto info(String name, OnnxMl.TensorProto.DataType type, List<Object> axes) {
        OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
        for (Object axis : axes) {
            OnnxMl.TensorShapeProto.Dimension.Builder extent = OnnxMl.TensorShapeProto.Dimension.newBuilder();
            if (axis instanceof Number number) {
                extent.setDimValue(number.longValue());
            } else {
                extent.setDimParam(axis.toString());
            }
            shape.addDim(extent);
        }
        return OnnxMl.ValueInfoProto.newBuilder()
                .setName(name)
                .setType(OnnxMl.TypeProto.newBuilder()
                        .setTensorType(OnnxMl.TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
