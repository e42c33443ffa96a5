package dev.longtail.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longtail.figure.Axis;
import dev.longtail.figure.Figure;
import dev.longtail.figure.Series;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PngFigureTest {

    @TempDir
    private Path folder;

    @Test
    void aPngHasItsSizeAndShowsEverySeries() throws IOException {
        Path png = PngFigure.write(figure(), folder.resolve("figures"));
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(png).hasFileName("sparsity.png");
        assertThat(image.getWidth()).isEqualTo(PngFigure.WIDTH);
        assertThat(image.getHeight()).isEqualTo(PngFigure.HEIGHT);
        Set<Integer> colours = new HashSet<>();
        for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
            colours.add(image.getRGB(i % image.getWidth(), i / image.getWidth()) & 0xffffff);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(colours).contains(PngFigure.light(i).getRGB() & 0xffffff);
        }
        assertThat(colours).contains(0xffffff);
    }

    private static Figure figure() {
        List<Series> series = new ArrayList<>();
        series.add(new Series(
                "S, moving", List.of(new Series.Point(83.333, 26.1, 0.2), new Series.Point(91.667, 25.2, 0.3)), false));
        series.add(Series.of("S, static", new double[] {91.667, 95.8}, new double[] {21.4, 18.2}));
        series.add(Series.level("dense", 83.333, 95.8, 30));
        return new Figure(
                "sparsity",
                "P@1 against sparsity",
                "Moving connections lose less than static ones.",
                Axis.linear("sparsity, %"),
                Axis.linear("P@1, %"),
                series);
    }
}
