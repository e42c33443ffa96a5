package dev.longtail.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TextsTest {

    @Test
    void bytesHaveTwoOrThreeDigits() {
        assertThat(Texts.bytes(999)).isEqualTo("999 B");
        assertThat(Texts.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Texts.bytes(9_960)).isEqualTo("10 kB");
        assertThat(Texts.bytes(999_499)).isEqualTo("999 kB");
        assertThat(Texts.bytes(999_500)).isEqualTo("1.0 MB");
        assertThat(Texts.bytes(17_700_000_000L)).isEqualTo("18 GB");
        assertThat(Texts.bytes(5_000_000_000_000_000L)).isEqualTo("5000 TB");
    }

    @Test
    void timesAreClocks() {
        assertThat(Texts.clock(7)).isEqualTo("0:07");
        assertThat(Texts.clock(750.4)).isEqualTo("12:30");
        assertThat(Texts.clock(3723)).isEqualTo("1:02:03");
    }

    @Test
    void argumentsCanBeCopiedIntoAShell() {
        assertThat(Texts.argument("models/a-1.0")).isEqualTo("models/a-1.0");
        assertThat(Texts.argument("it's here")).isEqualTo("'it'\\''s here'");
    }

    @Test
    void controlCharactersNeverReachALine() {
        assertThat(Texts.printable("a\tb\nc\u001b[1m")).isEqualTo("a b c [1m");
    }

    @Test
    void columnsAlign() {
        StringWriter text = new StringWriter();
        Table.ofNumbers("name", "n").row("a", "1").row("longer", "1,000").print(new PrintWriter(text, true));
        assertThat(text.toString().lines()).containsExactly("name        n", "a           1", "longer  1,000");
        StringWriter left = new StringWriter();
        Table.ofTexts("a", "b").row("long", "c").print(new PrintWriter(left, true));
        assertThat(left.toString().lines()).containsExactly("a     b", "long  c");
    }
}
