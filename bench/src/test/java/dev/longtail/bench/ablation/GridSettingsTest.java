package dev.longtail.bench.ablation;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.longtail.config.Settings;
import dev.longtail.train.LabelConfig;
import org.junit.jupiter.api.Test;

final class GridSettingsTest {

    @Test
    void everySettingExistsAndIsAllowed() {
        LabelConfig config = LabelConfig.embedding(512, 128);
        assumeThat(Settings.leaves(config)).extracting(Settings.Leaf::path).contains("train.auxiliary.weight");
        for (Grid grid : Grids.all()) {
            for (Cell cell : grid.cells()) {
                assertThatCode(() -> Settings.override(config, cell.settings()))
                        .as(grid.name() + " " + cell.name())
                        .doesNotThrowAnyException();
            }
        }
    }
}
