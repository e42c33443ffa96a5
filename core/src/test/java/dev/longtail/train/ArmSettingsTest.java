package dev.longtail.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.Settings;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which arms go together. */
class ArmSettingsTest {

    private static LabelConfig config(String settings) {
        Map<String, String> values = new HashMap<>();
        for (String setting : settings.trim().split(" +", -1)) {
            values.put(setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
        }
        return Settings.override(LabelConfig.embedding(64, 16), values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "association.slots=8 | association.slots must be 0 without a direct arm; set direct.candidates, got 8",
                "train.negatives=4 direct.candidates=9 | negatives must be 0 without an association arm; set"
                        + " association.slots, got 4",
                "train.negatives=-1 | negatives must be at least 0, got -1",
                "train.negatives=4 association.slots=8 direct.candidates=9 shortlist=2 order=clusters | shortlist must"
                        + " be 0 where negatives are candidates, got 2",
                "model.embedding=false | model.embedding must be true without an association arm; set"
                        + " association.slots, got false",
                "model.embedding=false direct.candidates=9 | model.embedding must be true without an association arm",
                "association.slots=-1 | association.slots must be in [0, 2^20], got -1",
                "association.slots=1048577 | association.slots must be in [0, 2^20], got 1048577",
                "direct.candidates=9 association.slots=8 train.negatives=20 | negatives must be at most"
                        + " direct.candidates, 9, got 20",
                "association.postings=0 | postings must be at least 1, got 0",
                "featureExponent=1.1 | featureExponent must be in [0, 1], got 1.1",
                "labelExponent=-0.1 | labelExponent must be in [0, 1], got -0.1",
                "association.share=2 | association.share must be in [0, 1], got 2"
            })
    void settingsThatDoNotGoTogetherAreRefused(String settings, String message) {
        assertThatThrownBy(() -> config(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "direct.candidates=9",
        "direct.candidates=9 association.slots=8",
        "direct.candidates=9 association.slots=8 train.negatives=9",
        "direct.candidates=9 association.slots=8 model.embedding=false"
    })
    void othersDo(String settings) {
        assertThat(config(settings).train().direct().isOn()).isTrue();
    }

    @Test
    void theEmbeddingArmAloneIsOne() {
        LabelConfig alone = LabelConfig.embedding(64, 16);
        assertThat(alone.model().embedding()).isTrue();
        assertThat(alone.train().association().isOn()).isFalse();
        assertThat(alone.train().direct().isOn()).isFalse();
    }
}
