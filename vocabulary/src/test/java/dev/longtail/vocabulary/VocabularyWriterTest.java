package dev.longtail.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VocabularyWriterTest {

    @TempDir
    private Path folder;

    private List<Concept> throughTurtle(List<Concept> concepts) throws IOException {
        StringWriter out = new StringWriter();
        VocabularyWriter.writeTurtle(new SubjectVocabulary(concepts), out);
        return VocabularyReader.read(Fixtures.write(folder, "v.ttl", out.toString()))
                .vocabulary()
                .concepts();
    }

    @Test
    void turtleKeepsEverything() throws IOException {
        assertThat(throughTurtle(Fixtures.concepts())).isEqualTo(Fixtures.concepts());
    }

    @Test
    void charactersThatTurtleEscapesComeBack() throws IOException {
        String label = "\"quoted\" \\ back 'single' \"\"\" @en ^^ . # < > \u00e9 \ud83d\udc26";
        Concept concept = Concept.of("http://example.org/a%20b?c=d#\u00e9,;.", "en", label);
        assertThat(throughTurtle(List.of(concept))).containsExactly(concept);
    }

    private List<Concept> throughXml(List<Concept> concepts) throws IOException {
        StringWriter out = new StringWriter();
        VocabularyWriter.writeRdfXml(new SubjectVocabulary(concepts), out);
        return VocabularyReader.read(Fixtures.write(folder, "v.rdf", out.toString()))
                .vocabulary()
                .concepts();
    }

    @Test
    void rdfXmlKeepsEverything() throws IOException {
        assertThat(throughXml(Fixtures.concepts())).isEqualTo(Fixtures.concepts());
    }

    @Test
    void charactersThatXmlEscapesComeBack() throws IOException {
        String label = "\"quoted\" & 'single' <b>]]> \u00e9 \ud83d\udc26 ; &amp; .";
        Concept concept = Concept.of("http://example.org/a%20b?c=d&e='f'#\u00e9,;.", "en", label);
        assertThat(throughXml(List.of(concept))).containsExactly(concept);
    }

    @Test
    void whatXmlCannotHoldIsRefused() {
        for (String label : new String[] {"bell \u0007", "return \r", "half \ud83d"}) {
            SubjectVocabulary vocabulary =
                    new SubjectVocabulary(List.of(Concept.of("http://example.org/a", "en", label)));
            assertThatThrownBy(() -> VocabularyWriter.writeRdfXml(vocabulary, new StringWriter()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http://example.org/a")
                    .hasMessageContaining("write Turtle");
        }
    }

    @Test
    void anIdentifierThatIsNoIriIsRefused() {
        for (String id : new String[] {"L1", "http://example.org/a|b", "http://example.org/<"}) {
            SubjectVocabulary vocabulary = new SubjectVocabulary(List.of(Concept.of(id, "", "a")));
            assertThatThrownBy(() -> VocabularyWriter.writeTurtle(vocabulary, new StringWriter()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(id);
        }
    }

    @Test
    void linesComeBackAsTheyWere() throws IOException {
        SubjectVocabulary vocabulary = new SubjectVocabulary(Fixtures.concepts());
        Map<String, String> names = LanguageChoice.of("en").names(vocabulary).names();
        StringWriter out = new StringWriter();
        VocabularyWriter.writeTsv(names, out);
        assertThat(out.toString())
                .isEqualTo("<http://example.org/birds>\tbirds\n<http://example.org/animals>\tanimals\n"
                        + "<http://example.org/fowl>\tfowl\n");
        ReadVocabulary read = VocabularyReader.read(Fixtures.write(folder, "v.tsv", out.toString()));
        assertThat(LanguageChoice.of("en").names(read.vocabulary()).names()).isEqualTo(names);
    }

    @Test
    void conceptsWithTheSameIdentifierAreNoVocabulary() {
        Concept concept = Concept.of("http://example.org/a", "", "a");
        assertThatThrownBy(() -> new SubjectVocabulary(List.of(concept, concept)))
                .hasMessageContaining("http://example.org/a stands twice");
    }
}
