package dev.longtail.onnx;

import dev.longtail.model.RatingModel;
import dev.longtail.table.InputTable;
import java.util.Arrays;

/**
 * The graph of a model that rates: numbers of users and items to ratings. Behind the last row of each table stands one
 * of zeros, which ONNX finds at -1: the number of whoever is unknown.
 */
final class RatingGraph {

    private RatingGraph() {}

    /** Numbers that the graph stores, each of four bytes. */
    static long numbers(RatingModel model) {
        return (model.users().size() + 1L) * (model.userTable().dimension() + 1)
                + (model.items().size() + 1L) * (model.itemTable().dimension() + 1);
    }

    /** The graph; its inputs are {@code users} and {@code items}, its output is {@code ratings}. */
    static GraphBuilder of(RatingModel model) {
        GraphBuilder graph = new GraphBuilder("longtail-rate");
        String users = graph.integers("users", "batch");
        String items = graph.integers("items", "batch");
        String ofUsers =
                vectors(graph, "users", model.userTable(), model.users().size(), users);
        String ofItems =
                vectors(graph, "items", model.itemTable(), model.items().size(), items);
        String rating = graph.sum(graph.apply("Mul", ofUsers, ofItems), 1);
        rating = graph.apply("Add", rating, graph.number("mean", model.mean()));
        if (model.config().biases()) {
            rating = graph.apply("Add", rating, bias(graph, "users", model.userBias(), users));
            rating = graph.apply("Add", rating, bias(graph, "items", model.itemBias(), items));
        }
        if (model.config().clip()) {
            String lowest = graph.number("lowest", model.lowest());
            rating = graph.apply("Clip", rating, lowest, graph.number("highest", model.highest()));
        }
        graph.output("ratings", rating, "batch");
        return graph;
    }

    private static String vectors(GraphBuilder graph, String side, InputTable table, int count, String numbers) {
        String rows = graph.constant(side + "_table", TableRows.of(table, count, 1), count + 1L, table.dimension());
        return graph.gather(rows, numbers, 0);
    }

    private static String bias(GraphBuilder graph, String side, float[] bias, String numbers) {
        float[] withZero = Arrays.copyOf(bias, bias.length + 1);
        return graph.gather(graph.constant(side + "_bias", withZero, withZero.length), numbers, 0);
    }
}
