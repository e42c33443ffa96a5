package dev.longtail.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelSetTest {

    private static LabelSet read(String text) throws IOException {
        return LabelSet.read(new BufferedReader(new StringReader(text)), "m/labels.tsv");
    }

    @Test
    void findsLabelsById() {
        LabelSet labels = new LabelSet(List.of("b", "a"), List.of("B", ""), new int[] {3, 0});
        assertThat(labels.size()).isEqualTo(2);
        assertThat(labels.indexOf("a")).isEqualTo(1);
        assertThat(labels.indexOf("c")).isEqualTo(-1);
        assertThat(labels.id(0) + labels.name(0) + labels.frequency(0)).isEqualTo("bB3");
        labels.frequencies()[0] = 9;
        assertThat(labels.frequency(0)).isEqualTo(3);
        assertThatThrownBy(() -> new LabelSet(List.of("a", "a"), List.of("", ""), new int[2]))
                .hasMessage("label a stands twice");
    }

    @Test
    void numberedLabelsAreTheirNumbers() throws IOException {
        LabelSet labels = LabelSet.numbered(new int[] {7, 0, 5, 1, 1, 1, 1, 1, 1, 1, 2});
        assertThat(labels.size()).isEqualTo(11);
        assertThat(labels.id(10) + labels.name(10) + labels.frequency(10)).isEqualTo("102");
        assertThat(labels.indexOf("0")).isZero();
        assertThat(labels.indexOf("10")).isEqualTo(10);
        for (String other : new String[] {"11", "-1", "+1", "01", "", "x", "1 ", "99999999999", "9999999999"}) {
            assertThat(labels.indexOf(other)).as(other).isEqualTo(-1);
        }
        assertThatThrownBy(() -> labels.id(11)).isInstanceOf(IndexOutOfBoundsException.class);
        StringWriter out = new StringWriter();
        labels.write(out);
        LabelSet again = read(out.toString());
        for (int label = 0; label < 11; label++) {
            assertThat(again.id(label)).isEqualTo(labels.id(label));
            assertThat(again.indexOf(labels.id(label))).isEqualTo(label);
            assertThat(again.frequency(label)).isEqualTo(labels.frequency(label));
        }
    }

    @Test
    void readsWhatItWrote() throws IOException {
        LabelSet labels = new LabelSet(
                List.of("<x:1>", "tab\there", "back\\slash"), List.of("näme", "", "line\nbreak"), new int[] {3, 0, 9});
        StringWriter out = new StringWriter();
        labels.write(out);
        assertThat(out).hasToString("<x:1>\tnäme\t3\ntab\\there\t\t0\nback\\\\slash\tline\\nbreak\t9\n");
        LabelSet again = read(out.toString());
        for (int label = 0; label < 3; label++) {
            assertThat(again.id(label)).isEqualTo(labels.id(label));
            assertThat(again.name(label)).isEqualTo(labels.name(label));
            assertThat(again.frequency(label)).isEqualTo(labels.frequency(label));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a~A~1;b~2      | 2 | expected id, tab, name",
                "~A~1           | 1 | expected id, tab, name",
                "a~A~1;b~B~1;a~C~2 | 3 | label a stands on line 1 too",
                "a~A~-1         | 1 | frequency must be from 0",
                "a~A~2147483648 | 1 | frequency must be from 0",
                "a\\q~A~1       | 1 | a backslash must be followed by",
            })
    void namesFileLineAndReason(String content, int line, String reason) {
        String text = content.replace('~', '\t').replace(';', '\n');
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("m/labels.tsv:" + line + ": ")
                .hasMessageContaining(reason);
    }
}
