package dev.longtail.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LanguageChoiceTest {

    private static Concept concept(String id, Map<String, String> preferred) {
        return new Concept(
                id,
                new ConceptLabels(preferred, Map.of(), Map.of()),
                ConceptRelations.NONE,
                List.of(),
                false,
                List.of());
    }

    private final SubjectVocabulary vocabulary = new SubjectVocabulary(List.of(
            concept("x:1", Map.of("en", "one", "en-gb", "wun", "fi", "yksi")),
            concept("x:2", Map.of("en-us", "two us", "en-gb", "two gb", "fi", "kaksi")),
            concept("x:3", Map.of("fi", "kolme", "", "3")),
            concept("x:4", Map.of("", "4", "sv", "fyra")),
            concept("x:5", Map.of("sv", "fem")),
            concept("x:6", Map.of("eng", "six"))));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "en | one, two gb, 3, 4, -, - | 2 | 2 | 2",
                "en,fi | one, two gb, kolme, 4, -, - | 2 | 1 | 2",
                "EN-GB | wun, two gb, 3, 4, -, - | 2 | 2 | 2",
                "fi,sv | yksi, kaksi, kolme, fyra, fem, - | 3 | 0 | 1",
            })
    void namesFallBackInOrder(String tags, String expected, int first, int untagged, int missing) {
        LanguageChoice.Names names = LanguageChoice.of(tags).names(vocabulary);
        List<String> wanted = List.of(expected.replace("-", "").split(", ?", -1));
        assertThat(names.names().values()).containsExactlyElementsOf(wanted);
        assertThat(names.names().keySet()).containsExactly("x:1", "x:2", "x:3", "x:4", "x:5", "x:6");
        assertThat(names.counts().values().iterator().next()).isEqualTo(first);
        assertThat(names.counts()).containsEntry("", untagged);
        assertThat(names.missing()).isEqualTo(missing);
    }

    @Test
    void theOnlyLanguageNeedsNoChoice() {
        assertThat(LanguageChoice.onlyOneOf(vocabulary)).isEmpty();
        SubjectVocabulary one =
                new SubjectVocabulary(List.of(concept("x:1", Map.of("en", "one")), concept("x:2", Map.of("", "2"))));
        assertThat(LanguageChoice.onlyOneOf(one)).contains(LanguageChoice.of("en"));
        assertThat(LanguageChoice.onlyOneOf(new SubjectVocabulary(List.of(concept("x:1", Map.of())))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "en,", "english language", "en,en", "e_n"})
    void whatIsNoLanguageIsRefused(String tags) {
        assertThatThrownBy(() -> LanguageChoice.of(tags))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("languages must be ");
    }

    @Test
    void recordsRefuseWhatTheyCannotHold() {
        assertThatThrownBy(() -> Concept.of("a b", "", "x")).hasMessageContaining("id must be a word without blanks");
        assertThatThrownBy(() -> Concept.of("a", "EN", "x")).hasMessageContaining("language must be a tag");
        assertThatThrownBy(() -> Concept.of("a", "en", " ")).hasMessageContaining("label must be a text");
    }
}
