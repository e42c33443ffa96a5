package dev.longtail.bench.ablation;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What figures need of the log of a run: all epochs, and its steps in {@value #PIECES} pieces. */
final class LogSummary {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PIECES = 100;
    private static final List<String> EPOCH =
            List.of("epoch", "loss", "moved", "seconds", "cpuSeconds", "P@1", "P@3", "P@5");

    private LogSummary() {}

    static ObjectNode of(List<String> lines) {
        ObjectNode summary = JSON.createObjectNode();
        ArrayNode epochs = summary.putArray("epochs");
        ArrayNode pieces = summary.putArray("steps");
        ArrayNode moves = summary.putArray("moves");
        long all = 1;
        Piece piece = new Piece();
        for (String text : lines) {
            JsonNode line = JSON.readTree(text);
            switch (line.path("kind").asString("")) {
                case "run" -> all = line.path("steps").asLong(1);
                case "epoch" -> {
                    ObjectNode epoch = epochs.addObject();
                    EPOCH.stream().filter(line::has).forEach(name -> epoch.set(name, line.get(name)));
                }
                default -> {
                    piece.add(line);
                    if (line.path("step").asLong() * PIECES >= all * (pieces.size() + 1L)) {
                        piece.flush(pieces, moves);
                    }
                }
            }
        }
        piece.flush(pieces, moves);
        return summary;
    }

    /** Neighbouring lines of steps. */
    private static final class Piece {
        private long step;
        private long steps;
        private double loss;
        private double gradient;
        private double weight;
        private long moved;

        void add(JsonNode line) {
            long count = line.path("steps").asLong();
            step = line.path("step").asLong();
            steps += count;
            loss += count * line.path("loss").asDouble();
            gradient += count * line.path("encoderGradient").asDouble();
            weight = line.path("auxiliaryWeight").asDouble();
            moved += line.path("moved").asLong();
        }

        void flush(ArrayNode pieces, ArrayNode moves) {
            if (steps > 0) {
                ObjectNode piece = pieces.addObject();
                piece.put("step", step);
                piece.put("loss", rounded(loss / steps));
                piece.put("encoderGradient", rounded(gradient / steps));
                piece.put("auxiliaryWeight", rounded(weight));
                if (moved > 0) {
                    moves.addObject().put("step", step).put("moved", moved);
                }
            }
            steps = 0;
            loss = 0;
            gradient = 0;
            moved = 0;
        }

        private static double rounded(double value) {
            return (float) value;
        }
    }
}
