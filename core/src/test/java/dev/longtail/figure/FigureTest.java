package dev.longtail.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class FigureTest {

    @TempDir
    private Path folder;

    @Test
    void aPageRefersToNothingOutside() throws IOException {
        Path file = folder.resolve("page.html");
        FigurePage.write(file, "Results <all>", "From a test.", List.of(figure()));
        String page = Files.readString(file);
        assertThat(page)
                .doesNotContainIgnoringCase("http")
                .doesNotContain("<script", "<link", "src=", "href=", "url(", "@import")
                .contains("Results &lt;all&gt;", "prefers-color-scheme: dark", "role=\"img\"", "<desc id=")
                .contains("<th scope=\"row\">83.33</th><td>26.1 ± 0.2</td><td></td><td>30</td>");
    }

    @Test
    void theDrawingIsWellFormedAndHoldsEveryPoint() throws Exception {
        Document svg = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(SvgFigure.of(figure()))));
        int marks = 0;
        for (int i = 0; i < svg.getElementsByTagName("title").getLength(); i++) {
            marks += svg.getElementsByTagName("title").item(i).getTextContent().startsWith("S") ? 1 : 0;
        }
        assertThat(marks).isEqualTo(4);
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(4 + 3);
    }

    @Test
    void ticksAreRound() {
        assertThat(Scale.of(Axis.linear("x"), java.util.stream.DoubleStream.of(0, 10))
                        .ticks())
                .containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
        assertThat(Scale.of(Axis.logarithmic("x"), java.util.stream.DoubleStream.of(1e4, 1e7))
                        .ticks())
                .containsExactly(1e4, 1e5, 1e6, 1e7);
        assertThat(Scale.of(Axis.logarithmic("x"), java.util.stream.DoubleStream.of(30, 300))
                        .ticks())
                .containsExactly(50.0, 100.0, 200.0);
        assertThat(Scale.of(Axis.whole("epoch"), java.util.stream.DoubleStream.of(1, 2))
                        .ticks())
                .containsExactly(1.0, 2.0);
        assertThat(List.of(Scale.text(2_812_281), Scale.text(30_000), Scale.text(0.25), Scale.text(0)))
                .containsExactly("2.812 M", "30 k", "0.25", "0");
        Scale scale = new Scale(1, 100, Axis.Kind.LOGARITHMIC);
        assertThat(scale.position(10)).isEqualTo(0.5);
    }

    @Test
    void whatCannotBeDrawnIsRefused() {
        Series zero = Series.of("zero", new double[] {0}, new double[] {1});
        assertThatThrownBy(() -> new Figure("a", "", "", Axis.logarithmic("labels"), Axis.linear("y"), List.of(zero)))
                .hasMessageContaining("series zero: 0.0 cannot stand on axis labels");
        assertThatThrownBy(() -> new Figure("a", "", "", Axis.linear("x"), Axis.linear("y"), List.of()))
                .hasMessageContaining("no series");
        assertThatThrownBy(() -> new Figure("A b", "", "", Axis.linear("x"), Axis.linear("y"), List.of(zero)))
                .hasMessageContaining("'A b'");
    }

    static Figure figure() {
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
