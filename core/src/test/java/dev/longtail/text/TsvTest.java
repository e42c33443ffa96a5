package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields of tab-separated files. */
class TsvTest {

    @ParameterizedTest
    @CsvSource({"0,0", "7,7", "0012,12", "2147483647,2147483647", "0000000001,1"})
    void countsAreDigits(String field, int count) {
        assertThat(Tsv.count(field)).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-1", "+1", " 1", "1 ", "1.0", "2147483648", "9999999999", "00000000001", "x", "١", "1/"})
    void nothingElseIsACount(String field) {
        assertThat(Tsv.count(field)).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "a\tb\nc\rd\\e", "\\", "\t\t"})
    void fieldsComeBack(String field) {
        assertThat(Tsv.escape(field)).doesNotContain("\t", "\n", "\r");
        assertThat(Tsv.unescape(Tsv.escape(field))).isEqualTo(field);
    }

    @Test
    void unknownEscapesAreRefused() {
        assertThatThrownBy(() -> Tsv.unescape("a\\x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Tsv.unescape("a\\")).isInstanceOf(IllegalArgumentException.class);
    }
}
