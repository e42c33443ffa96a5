package dev.longtail.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {

    private static List<String> words(String text) {
        return words(text, true);
    }

    private static List<String> words(String text, boolean lowerCase) {
        Words words = new Words();
        new Tokenizer(lowerCase).tokenize(text, words);
        List<String> list = new ArrayList<>();
        for (int i = 0; i < words.count(); i++) {
            list.add(words.word(i));
        }
        return list;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Children's place: 2nd ed. (1974)    | children,s,place,2nd,ed,1974",
                "Tapiolan 20-vuotisnäyttely          | tapiolan,20,vuotisnäyttely",
                "Война и мир, XIX век                | война,и,мир,xix,век",
                "ΟΔΥΣΣΕΥΣ Ὀδυσσεύς                   | οδυσσευσ,ὀδυσσεύσ",
                "हिन्दी साहित्य                         | हिन्दी,साहित्य",
                "اللغة العربية                       | اللغة,العربية",
                "서울의 역사                           | 서울의,역사",
                "北京2008奥运                         | 北,京,2008,奥,运",
                "カタカナとひらがな                     | カタカナ,と,ひ,ら,が,な",
                "a_b  c\u00a0d\u2028e                | a,b,c,d,e",
                "10⁵ m² ½                            | 10⁵,m²,½",
            })
    void splitsScripts(String text, String expected) {
        assertThat(words(text)).containsExactly(expected.split(","));
    }

    @Test
    void keepsCombiningMarksWithTheirLetter() {
        assertThat(words("e\u0301te\u0301")).containsExactly("e\u0301te\u0301");
        assertThat(words("\u0301 x")).containsExactly("x");
        assertThat(words("か\u3099a")).containsExactly("か\u3099", "a");
    }

    @Test
    void dropsFormatCharactersInsideAWord() {
        assertThat(words("Donau\u00addampf می\u200cروم")).containsExactly("donaudampf", "میروم");
    }

    @Test
    void treatsCodePointsBeyondTheFirstPlaneAsOne() {
        String deseret = new String(Character.toChars(0x10400));
        String folded = new String(Character.toChars(0x10428));
        String ideograph = new String(Character.toChars(0x20000));
        assertThat(words(deseret + "😀" + ideograph + ideograph)).containsExactly(folded, ideograph, ideograph);
    }

    @Test
    void takesLoneSurrogatesForSeparators() {
        assertThat(words("a\ud800b\udc00c")).containsExactly("a", "b", "c");
    }

    @Test
    void foldsWithoutTheDefaultLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(words("TITLE Iı")).containsExactly("title", "ii");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void keepsCaseWhenAsked() {
        assertThat(words("The NASA", false)).containsExactly("The", "NASA");
    }

    @Test
    void cutsEndlessWordsAndLosesNoLetter() {
        String run = "x".repeat(1000);
        List<String> words = words(run);
        assertThat(String.join("", words)).isEqualTo(run);
        assertThat(words).allMatch(word -> word.length() <= Tokenizer.MAX_WORD);
        assertThat(words("a" + "\u0301".repeat(5000))).allMatch(word -> word.length() <= Tokenizer.MAX_WORD);
    }

    @Test
    void joinsNgramsBySingleSpaces() {
        Words words = new Words();
        new Tokenizer(true).tokenize("The  sky -- is my tipi", words);
        assertThat(words.ngram(1, 3)).isEqualTo("sky is my");
        assertThat(words.ngram(0, 5)).isEqualTo("the sky is my tipi");
    }

    @Test
    void findsNothingInEmptyText() {
        assertThat(words("")).isEmpty();
        assertThat(words(" .,;-\t")).isEmpty();
    }
}
