package dev.longtail.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longtail.config.InputException;
import dev.longtail.data.Issues;
import dev.longtail.data.Issues.Occurrence;
import dev.longtail.data.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SkosReaderTest {

    @TempDir
    private Path folder;

    private ReadVocabulary read(String name, String content) throws IOException {
        return VocabularyReader.read(Fixtures.write(folder, name, content));
    }

    private ReadVocabulary readTurtle(String statements) throws IOException {
        return read("v.ttl", Fixtures.PREFIXES + statements);
    }

    @Test
    void turtleAndRdfXmlSayTheSame() throws IOException {
        ReadVocabulary turtle = read("v.ttl", Fixtures.TURTLE);
        ReadVocabulary xml = read("v.rdf", Fixtures.RDFXML);
        assertThat(turtle.vocabulary().concepts()).isEqualTo(Fixtures.concepts());
        assertThat(xml.vocabulary().concepts()).isEqualTo(Fixtures.concepts());
        assertThat(turtle.issues().counts()).isEmpty();
        assertThat(xml.issues().counts()).isEmpty();
        assertThat(turtle.format()).isEqualTo(VocabularyFormat.TURTLE);
        assertThat(xml.format()).isEqualTo(VocabularyFormat.RDFXML);
    }

    @Test
    void labelsStandInTheOrderOfTheFile() throws IOException {
        Concept birds = read("v.ttl", Fixtures.TURTLE).vocabulary().concepts().get(0);
        assertThat(birds.labels().preferred().keySet()).containsExactly("en", "fi", "de");
        assertThat(birds.labels().alternative().get("en")).containsExactly("feathered animals", "Aves");
    }

    @Test
    void compressedFilesAreReadAndSummedUpAsTheyStand() throws IOException {
        Path turtle = Files.write(folder.resolve("v.ttl.gz"), Fixtures.gzip(Fixtures.TURTLE));
        Path xml = Files.write(folder.resolve("v.xml.gz"), Fixtures.gzip(Fixtures.RDFXML));
        for (Path file : new Path[] {turtle, xml}) {
            ReadVocabulary read = VocabularyReader.read(file);
            assertThat(read.vocabulary().concepts()).isEqualTo(Fixtures.concepts());
            assertThat(read.file()).isEqualTo(SourceFile.of(file));
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTurtle() throws IOException {
        assertThat(read("v.ttl", "\ufeff" + Fixtures.TURTLE).vocabulary().size())
                .isEqualTo(3);
    }

    @Test
    void aSecondPreferredLabelBecomesAnAlternativeOneAndIsTold() throws IOException {
        ReadVocabulary read = readTurtle(":a a skos:Concept ;\n skos:prefLabel \"one\"@en ;\n"
                + " skos:prefLabel \"uno\"@en, \"one\"@en, \"eins\"@de .\n");
        ConceptLabels labels = read.vocabulary().concepts().get(0).labels();
        assertThat(labels.preferred()).containsEntry("en", "one").containsEntry("de", "eins");
        assertThat(labels.alternative().get("en")).containsExactly("uno");
        assertThat(read.issues().occurrences())
                .containsExactly(new Occurrence<>(
                        VocabularyIssue.SECOND_PREFERRED,
                        folder.resolve("v.ttl").toString(),
                        7,
                        Fixtures.id("a") + " 'uno'@en"));
    }

    @Test
    void whatIsNoConceptIsLeftOutAndTold() throws IOException {
        ReadVocabulary read = readTurtle("""
                :a a skos:Concept .
                :collection a skos:Collection ; skos:prefLabel "a group"@en .
                [] a skos:Concept ; skos:prefLabel "nobody"@en .
                :a skos:prefLabel :b ; skos:altLabel "  " ; skos:broader "above" .
                :a <http://www.w3.org/2008/05/skos-xl#prefLabel> :xl .
                """);
        assertThat(read.vocabulary().concepts()).containsExactly(Concept.of(Fixtures.id("a"), "", ""));
        Issues<VocabularyIssue> report = read.issues();
        assertThat(report.count(VocabularyIssue.NO_CONCEPT)).isEqualTo(1);
        assertThat(report.count(VocabularyIssue.BLANK_CONCEPT)).isEqualTo(1);
        assertThat(report.count(VocabularyIssue.WRONG_VALUE)).isEqualTo(2);
        assertThat(report.count(VocabularyIssue.EMPTY_LABEL)).isEqualTo(1);
        assertThat(report.count(VocabularyIssue.XL_LABEL)).isEqualTo(1);
        assertThat(report.occurrences())
                .contains(new Occurrence<>(
                        VocabularyIssue.NO_CONCEPT, folder.resolve("v.ttl").toString(), 6, Fixtures.id("collection")))
                .contains(new Occurrence<>(
                        VocabularyIssue.WRONG_VALUE,
                        folder.resolve("v.ttl").toString(),
                        8,
                        Fixtures.id("a") + " prefLabel"));
    }

    @Test
    void onlyAnIssueNamesNoMoreThanItsFirstOccurrences() throws IOException {
        StringBuilder statements = new StringBuilder(":a a skos:Concept .\n");
        for (int i = 0; i < 20; i++) {
            statements.append(":g").append(i).append(" skos:prefLabel \"group\"@en .\n");
        }
        Issues<VocabularyIssue> report = readTurtle(statements.toString()).issues();
        assertThat(report.count(VocabularyIssue.NO_CONCEPT)).isEqualTo(20);
        assertThat(report.occurrences()).hasSize(Issues.NAMED);
    }

    @Test
    void aSyntaxErrorNamesFileAndLine() throws IOException {
        assertThatThrownBy(() -> readTurtle(":a a skos:Concept ;\n skos:prefLabel \"open .\n"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith(folder.resolve("v.ttl") + ":6: is not Turtle: ");
        assertThatThrownBy(() -> readTurtle(":a a skos:Concept .\n:b a unknown:Concept .\n"))
                .hasMessageStartingWith(folder.resolve("v.ttl") + ":6: is not Turtle: Namespace prefix 'unknown'");
        assertThatThrownBy(() -> read("v.rdf", Fixtures.RDFXML.replace("</skos:Concept>", "")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.rdf:")
                .hasMessageContaining("is not RDF/XML: ");
        assertThatThrownBy(() -> read("v.rdf", "line one\n")).hasMessageContaining("v.rdf:1: is not RDF/XML: ");
    }

    @Test
    void relativeIrisNeedABase() throws IOException {
        assertThatThrownBy(() -> readTurtle("<a> a skos:Concept .\n")).hasMessageContaining("v.ttl:5: is not Turtle");
        assertThat(readTurtle("@base <http://example.org/> .\n<a> a skos:Concept .\n")
                        .vocabulary()
                        .concepts())
                .containsExactly(Concept.of(Fixtures.id("a"), "", ""));
    }

    @Test
    void aFileWithoutConceptsIsNoVocabulary() {
        assertThatThrownBy(() -> readTurtle(":a skos:prefLabel \"a\" .\n"))
                .hasMessageContaining("holds no skos:Concept");
        assertThatThrownBy(() -> read("v.ttl", "")).hasMessageContaining("holds no skos:Concept");
        assertThatThrownBy(() -> VocabularyReader.read(folder.resolve("none.ttl")))
                .hasMessageContaining("none.ttl: no such file");
        assertThatThrownBy(() -> VocabularyReader.read(folder.resolve("v.txt")))
                .hasMessageContaining("its ending tells no format");
    }
}
