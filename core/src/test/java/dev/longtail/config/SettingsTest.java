package dev.longtail.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SettingsTest {

    enum Layer {
        DENSE,
        FIXED_FAN_IN {
            @Override
            boolean sparse() {
                return true;
            }
        };

        boolean sparse() {
            return false;
        }
    }

    record Output(
            @Setting("Kind of output layer") Layer layer,
            @Setting("Connections of a label") int fanIn,
            @Setting("Where the rates start") long seed) {
        Output {
            Require.that(fanIn >= 1, "fanIn", "at least 1", fanIn);
            Require.that(layer.sparse() || fanIn == 1, "fanIn", "1 for a dense layer", fanIn);
        }
    }

    record Train(
            @Setting("Passes over the data") int epochs,
            Output output,
            @Setting("First step") float learningRate,
            @Setting("Where the draws start") long seed,
            @Setting("Share kept") double keep,
            @Setting("Whether to shuffle") boolean shuffle,
            @Setting("Name of the run") String title) {}

    private static final Train DEFAULT =
            new Train(5, new Output(Layer.FIXED_FAN_IN, 64, 9), 0.1f, 7, 0.25, true, "a run");

    @Test
    void leavesInOrder() {
        List<Settings.Leaf> leaves = Settings.leaves(DEFAULT);
        assertThat(leaves)
                .extracting(Settings.Leaf::path)
                .containsExactly(
                        "epochs",
                        "output.layer",
                        "output.fanIn",
                        "output.seed",
                        "learningRate",
                        "seed",
                        "keep",
                        "shuffle",
                        "title");
        assertThat(leaves.get(1))
                .isEqualTo(new Settings.Leaf(
                        "output.layer",
                        "layer",
                        Layer.class,
                        List.of("dense", "fixed-fan-in"),
                        Layer.FIXED_FAN_IN,
                        "Kind of output layer"));
        assertThat(leaves.get(1).defaultText()).isEqualTo("fixed-fan-in");
        assertThat(leaves.get(4).defaultText()).isEqualTo("0.1");
        assertThat(leaves.get(2).type()).isEqualTo(int.class);
    }

    @Test
    void overridesByPathAndByName() {
        Train changed = Settings.override(
                DEFAULT,
                Map.of(
                        "output.fanIn", "32",
                        "learningRate", "1e-3",
                        "shuffle", "false",
                        "keep", ".5",
                        "title", " as it is ",
                        "epochs", "-1",
                        "output.seed", "-9223372036854775808"));
        assertThat(changed)
                .isEqualTo(new Train(
                        -1, new Output(Layer.FIXED_FAN_IN, 32, Long.MIN_VALUE), 0.001f, 7, 0.5, false, " as it is "));
        assertThat(Settings.override(DEFAULT, Map.of("fanIn", "8")).output().fanIn())
                .isEqualTo(8);
        assertThat(Settings.override(DEFAULT, Map.of())).isEqualTo(DEFAULT);
    }

    @Test
    void aPathWinsOverAName() {
        Train changed = Settings.override(DEFAULT, Map.of("seed", "1"));
        assertThat(changed.seed()).isEqualTo(1);
        assertThat(changed.output().seed()).isEqualTo(9);
    }

    @Test
    void valuesThatOnlyFitTogetherAreSetTogether() {
        Train changed = Settings.override(DEFAULT, Map.of("layer", "dense", "fanIn", "1"));
        assertThat(changed.output()).isEqualTo(new Output(Layer.DENSE, 1, 9));
    }

    @Test
    void whatAConstructorThrowsPassesThrough() {
        assertThatThrownBy(() -> Settings.override(DEFAULT, Map.of("fanIn", "0")))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage("fanIn must be at least 1, got 0")
                .hasNoCause();
        assertThatThrownBy(() -> Settings.override(DEFAULT, Map.of("layer", "dense")))
                .hasMessage("fanIn must be 1 for a dense layer, got 64");
    }

    @Test
    void unknownNamesAreAnsweredWithTheClosest() {
        assertThatThrownBy(() -> Settings.override(DEFAULT, Map.of("learning-rates", "1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown setting learning-rates, the closest are learningRate, ");
        assertThatThrownBy(() -> Settings.override(DEFAULT, Map.of("output.fanin", "1")))
                .hasMessageStartingWith("unknown setting output.fanin, the closest are output.fanIn, ");
        assertThatThrownBy(() -> Settings.override(DEFAULT, Map.of("output", "1")))
                .hasMessage("unknown setting output, it is a group of output.layer, output.fanIn, output.seed");
    }

    record Two(
            @Setting("One part") Output left,
            @Setting("Other part") Output right) {}

    @Test
    void namesOfSeveralPathsAreAmbiguous() {
        Two two = new Two(DEFAULT.output(), DEFAULT.output());
        assertThatThrownBy(() -> Settings.override(two, Map.of("fanIn", "1")))
                .hasMessage("setting fanIn is ambiguous, write one of left.fanIn, right.fanIn");
        assertThat(Settings.override(two, Map.of("right.fanIn", "3")).right().fanIn())
                .isEqualTo(3);
        assertThatThrownBy(() -> Settings.override(DEFAULT, Map.of("fanIn", "1", "output.fanIn", "2")))
                .hasMessageStartingWith("setting output.fanIn is given twice, as ");
    }

    record Outer(Two both, @Setting("Beside them") int beside) {}

    @Test
    void theLastPartsOfAPathAreEnoughWhereOnlyOneEndsInThem() {
        Outer outer = new Outer(new Two(DEFAULT.output(), DEFAULT.output()), 1);
        assertThat(Settings.override(outer, Map.of("right.fanIn", "3"))
                        .both()
                        .right()
                        .fanIn())
                .isEqualTo(3);
        assertThatThrownBy(() -> Settings.override(outer, Map.of("ight.fanIn", "3")))
                .hasMessageStartingWith("unknown setting ight.fanIn, the closest are ");
    }

    @ParameterizedTest
    @CsvSource({
        "epochs, 1.0",
        "epochs, 2147483648",
        "epochs, ''",
        "epochs, 1e3",
        "seed, 9223372036854775808",
        "learningRate, NaN",
        "learningRate, 1f",
        "learningRate, 1e39",
        "learningRate, 0x10",
        "keep, Infinity",
        "keep, .",
        "keep, 1e999",
        "shuffle, yes",
        "shuffle, TRUE",
        "layer, FIXED_FAN_IN"
    })
    void wrongTextsNameSettingValueAndType(String name, String text) {
        String path = name.equals("layer") ? "output.layer" : name;
        assertThatThrownBy(() -> Settings.override(DEFAULT, Map.of(name, text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(path + " must be (an? |true or false|one of dense, fixed-fan-in).*, got \""
                        + java.util.regex.Pattern.quote(text) + "\"");
    }

    record Bare(int epochs) {}

    record Listed(@Setting("Several") List<String> names) {}

    @Test
    void recordsThatAreNoSettingsAreRefused() {
        assertThatThrownBy(() -> Settings.leaves(new Bare(1))).hasMessageContaining("component epochs of", "@Setting");
        assertThatThrownBy(() -> Settings.leaves(new Listed(List.of())))
                .hasMessageContaining("is a java.util.List, a setting is an int");
        Output output = DEFAULT.output();
        Train untitled = new Train(1, output, 1, 1, 1, true, null);
        assertThatThrownBy(() -> Settings.leaves(untitled))
                .hasMessageContaining("title")
                .hasMessageContaining("null");
    }

    @Test
    void jsonIsWhatAReaderExpects() {
        assertThat(Settings.toJson(DEFAULT))
                .hasToString("{\"epochs\":5,\"output\":{\"layer\":\"fixed-fan-in\",\"fanIn\":64,\"seed\":9},"
                        + "\"learningRate\":0.1,\"seed\":7,\"keep\":0.25,\"shuffle\":true,\"title\":\"a run\"}");
    }

    @Test
    void jsonRoundTripKeepsEveryBit() {
        JsonMapper mapper = new JsonMapper();
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            float rate = Float.intBitsToFloat(random.nextInt());
            double keep = Double.longBitsToDouble(random.nextLong());
            if (Float.isFinite(rate) && Double.isFinite(keep)) {
                Output output = new Output(Layer.FIXED_FAN_IN, 3, random.nextLong());
                Train train = new Train(random.nextInt(), output, rate, random.nextLong(), keep, true, "ä\"\n" + i);
                String text = mapper.writeValueAsString(Settings.toJson(train));
                assertThat(Settings.fromJson(Train.class, (ObjectNode) mapper.readTree(text)))
                        .isEqualTo(train);
            }
        }
    }

    @Test
    void numbersThatJsonCannotHoldAreRefused() {
        Train train = Settings.override(DEFAULT, Map.of());
        Train broken = new Train(1, train.output(), Float.NaN, 1, 1, true, "");
        assertThatThrownBy(() -> Settings.toJson(broken))
                .hasMessage("learningRate must be finite to be written as JSON, got NaN");
    }

    @ParameterizedTest
    @ValueSource(strings = {"epochs", "output", "output.layer", "output.fanIn", "learningRate", "title"})
    void missingFieldsAreNamed(String path) {
        ObjectNode json = Settings.toJson(DEFAULT);
        ObjectNode parent = path.startsWith("output.") ? (ObjectNode) json.get("output") : json;
        parent.remove(path.substring(path.indexOf('.') + 1));
        assertThatThrownBy(() -> Settings.fromJson(Train.class, json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(path + " is missing");
    }

    @Test
    void unknownFieldsAreNamed() {
        ObjectNode json = Settings.toJson(DEFAULT);
        ((ObjectNode) json.get("output")).put("fanOut", 1);
        assertThatThrownBy(() -> Settings.fromJson(Train.class, json))
                .hasMessage("output.fanOut is unknown, the fields here are layer, fanIn, seed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epochs | \"5\" | epochs must be an integer from",
                "epochs | 5.0 | epochs must be an integer from",
                "epochs | 2147483648 | epochs must be an integer from",
                "epochs | null | epochs must be an integer from",
                "seed | 1e3 | seed must be an integer from",
                "learningRate | true | learningRate must be a decimal number in the range of a float",
                "learningRate | 1e39 | learningRate must be a decimal number in the range of a float",
                "shuffle | 1 | shuffle must be true or false, got 1",
                "title | 1 | title must be a text, got 1",
                "output | [1] | output must be an object, got [1]",
                "output | null | output must be an object, got null"
            })
    void wrongFieldsAreNamed(String field, String value, String message) {
        ObjectNode json = Settings.toJson(DEFAULT);
        json.set(field, new JsonMapper().readTree(value));
        assertThatThrownBy(() -> Settings.fromJson(Train.class, json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void wholeNumbersFitDecimalSettings() {
        ObjectNode json = Settings.toJson(DEFAULT);
        json.put("learningRate", 2);
        assertThat(Settings.fromJson(Train.class, json).learningRate()).isEqualTo(2f);
    }

    @Test
    void constructorsAlsoCheckWhatComesFromFiles() {
        ObjectNode json = Settings.toJson(DEFAULT);
        ((ObjectNode) json.get("output")).put("fanIn", 0);
        assertThatThrownBy(() -> Settings.fromJson(Train.class, json)).hasMessage("fanIn must be at least 1, got 0");
    }
}
