package dev.longtail.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.config.Settings;
import dev.longtail.train.RatingConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class OlderSettingsTest {

    /** Anchors of models that rate started at random before they could be chosen. */
    @Test
    void ratingModelsWithoutAStartStartedAtRandom() {
        ObjectNode settings = Settings.toJson(RatingConfig.DEFAULT);
        for (String side : List.of("users", "items")) {
            ((ObjectNode) settings.path("model").path(side).path("anchors"))
                    .remove(List.of("start", "relations", "cooccurrence"));
        }
        ObjectNode manifest = settings.objectNode();
        manifest.set("settings", settings);
        assertThat(Settings.fromJson(RatingConfig.class, OlderSettings.completedRating(manifest)))
                .isEqualTo(RatingConfig.DEFAULT);
    }
}
