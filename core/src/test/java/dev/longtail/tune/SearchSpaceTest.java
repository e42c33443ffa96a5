package dev.longtail.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.train.LabelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SearchSpaceTest {

    private static final LabelConfig START = LabelConfig.embedding(128, 32);

    private static SearchSpace space(String... dimensions) {
        List<Dimension> asked = Arrays.stream(dimensions)
                .map(text -> DimensionText.parse(text, START))
                .toList();
        return SearchSpace.of(START, asked, List.of());
    }

    private static List<Candidate> draw(SearchSpace space, long seed, int count) {
        SearchSpace.Draw draw = space.draw(seed);
        List<Candidate> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            draw.next().ifPresent(drawn::add);
        }
        return drawn;
    }

    @Test
    void drawsStayInBoundsAndReachAllOfThem() {
        Dimension linear = DimensionText.parse("dropout=0.1..0.5", START);
        Dimension logarithmic = DimensionText.parse("tableOptimizer.learningRate=0.001..10:log", START);
        Dimension whole = DimensionText.parse("batch=3..5", START);
        SplittableRandom random = new SplittableRandom(1);
        int below = 0;
        List<String> batches = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String dropout = linear.draw(random);
            assertThat(Double.parseDouble(dropout)).isBetween(0.1, 0.5);
            assertThat(dropout.length()).isLessThanOrEqualTo(5);
            double rate = Double.parseDouble(logarithmic.draw(random));
            assertThat(rate).isBetween(0.001, 10.0);
            below += rate < 0.1 ? 1 : 0;
            batches.add(whole.draw(random));
        }
        // half of the way from 0.001 to 10 by factors is 0.1; five standard deviations of a fair coin
        assertThat(below).isBetween(1000 - 112, 1000 + 112);
        assertThat(batches).containsOnly("3", "4", "5").contains("3", "5");
    }

    @Test
    void theSameSeedDrawsTheSameCandidates() {
        SearchSpace space = SearchSpace.of(START, List.of(), DefaultSpace.of(START));
        List<Candidate> drawn = draw(space, 7, 50);
        assertThat(draw(space, 7, 50)).isEqualTo(drawn);
        assertThat(draw(space, 7, 20)).isEqualTo(drawn.subList(0, 20));
        assertThat(draw(space, 8, 50)).isNotEqualTo(drawn);
        assertThat(drawn).extracting(Candidate::number).startsWith(1, 2, 3).doesNotHaveDuplicates();
        assertThat(drawn).extracting(Candidate::changes).doesNotHaveDuplicates().doesNotContain(Map.of());
        assertThat(space.draw(7).start()).isEqualTo(new Candidate(0, Map.of(), START));
        // half of the settings are drawn anew, a few of them to the value they had
        assertThat(drawn.stream()
                        .mapToInt(candidate -> candidate.changes().size())
                        .average()
                        .orElseThrow())
                .isBetween(3.0, 6.5);
    }

    @ParameterizedTest
    @EnumSource
    void theUsualSpaceFitsEveryPreset(LabelConfig.Preset preset) {
        LabelConfig start = preset.config();
        SearchSpace space = SearchSpace.of(start, List.of(), DefaultSpace.of(start));
        assertThat(space.dimensions())
                .extracting(Dimension::path)
                .contains("train.association.slots", "train.direct.candidates")
                .doesNotContain("train.bodyOptimizer.learningRate");
        String[] embedding = {"train.outputOptimizer.learningRate", "model.output.fanIn", "model.loss"};
        if (start.model().embedding()) {
            assertThat(space.dimensions()).extracting(Dimension::path).contains(embedding);
        } else {
            assertThat(space.dimensions()).extracting(Dimension::path).doesNotContain(embedding);
        }
        SearchSpace.Draw draw = space.draw(1);
        for (int i = 0; i < 40; i++) {
            LabelConfig config = draw.next().orElseThrow().config();
            assertThat(config.model().output().fanIn())
                    .isLessThanOrEqualTo(config.model().table().dimension());
            assertThat(config.text()).isEqualTo(start.text());
            assertThat(config.data()).isEqualTo(start.data());
            assertThat(config.train().seed()).isEqualTo(start.train().seed());
        }
    }

    @Test
    void valuesOfTheUsualSpaceThatAreImpossibleAreLeftOut() {
        LabelConfig start = LabelConfig.embedding(512, 128);
        // fan-ins of the usual space are 64, 128, 256 and 512 for these settings
        Dimension narrow = DimensionText.parse("dimension=256,300", start);
        SearchSpace space = SearchSpace.of(start, List.of(narrow), DefaultSpace.of(start));
        assertThat(space.dimensions())
                .filteredOn(dimension -> dimension.path().equals("model.output.fanIn"))
                .singleElement()
                .satisfies(fanIn -> assertThat(fanIn.bounds()).contains("64", "128", "256"));
        assertThat(space.dimensions())
                .filteredOn(dimension -> dimension.path().equals("model.table.dimension"))
                .containsExactly(narrow);
    }

    @Test
    void aSpaceRunsOut() {
        SearchSpace.Draw draw = space("patience=1,2,3").draw(1);
        assertThat(draw.next()).isPresent();
        assertThat(draw.next()).isPresent();
        assertThat(draw.next()).isEqualTo(Optional.empty()); // 2 is what it starts from
    }

    @Test
    void valuesMayNeedOthersThatAreSearchedToo() {
        // the preset has 128 hidden units
        assertThat(draw(space("fanIn=32,256", "dimension=128,256"), 1, 2))
                .extracting(candidate -> candidate.config().model().output().fanIn())
                .contains(256);
        assertThatThrownBy(() -> space("fanIn=32,256"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("fanIn must be at most the hidden units, 128, got 256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fanIn | takes NAME=A,B,C, NAME=LOW..HIGH or NAME=LOW..HIGH:log, got 'fanIn'",
                "fanIn= | takes NAME=A,B,C",
                "fanin=1,2 | unknown setting fanin, the closest are model.output.fanIn",
                "learningRate=1,2 | setting learningRate is ambiguous, write one of",
                "fanIn=16 | model.output.fanIn must be searched over at least two values, got 16",
                "fanIn=16,16 | model.output.fanIn must be searched over distinct values, got 16,16",
                "fanIn=0,16 | fanIn must be at least 1, got 0",
                "fanIn=16,x | model.output.fanIn must be an integer",
                "fanIn=1.5..3 | model.output.fanIn must be an integer",
                "fanIn=x..3 | model.output.fanIn must have numbers as bounds of its range, got 'x'",
                "dropout=0.5..1 | dropout must be in [0, 1), got 1.0",
                "dropout=0.5..0.1 | must be searched over a range from a smaller to a larger number, got 0.5..0.1",
                "dropout=0..0.5:log | must be searched over a range above 0 with :log, got 0..0.5:log",
                "dropout=0..0.5:exp | must have numbers as bounds of its range, got '0.5:exp'",
                "loss=hinge,logistic | model.loss must be one of squared-hinge, logistic, got \"hinge\"",
                "loss=a..b | model.loss must be searched over a list of values as in a,b,c, got a..b",
                "wordNgrams=1,2 | text.wordNgrams cannot be searched, examples are encoded once",
                "minLabelFrequency=1,2 | data.minLabelFrequency cannot be searched, examples are read once",
                "seed=1,2 | train.seed cannot be searched, the best of several seeds is luck",
                "calibration.kind=none,platt | train.calibration.kind cannot be searched, it changes no ranking",
            })
    void whatCannotBeSearchedEndsInOneError(String text, String message) {
        assertThatThrownBy(() -> space(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aSettingIsSearchedOnce() {
        assertThatThrownBy(() -> space("fanIn=16,32", "output.fanIn=16,64"))
                .hasMessage("model.output.fanIn is to be searched twice; give it once");
        assertThatThrownBy(() -> SearchSpace.of(START, List.of(), List.of()))
                .hasMessageContaining("there is no setting to search");
    }
}
