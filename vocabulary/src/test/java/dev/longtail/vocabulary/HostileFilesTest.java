package dev.longtail.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.longtail.config.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made, or broken, to do harm. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class HostileFilesTest {

    @TempDir
    private Path folder;

    private ReadVocabulary read(String name, String content) throws IOException {
        return VocabularyReader.read(Fixtures.write(folder, name, content));
    }

    private static String xml(String documentType, String label) {
        return "<?xml version=\"1.0\"?>\n" + documentType
                + "\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\""
                + " xmlns:skos=\"http://www.w3.org/2004/02/skos/core#\">\n"
                + "<skos:Concept rdf:about=\"http://example.org/a\"><skos:prefLabel>" + label
                + "</skos:prefLabel></skos:Concept>\n</rdf:RDF>\n";
    }

    private static String bomb(int levels, int each, String text) {
        StringBuilder entities = new StringBuilder("<!DOCTYPE rdf:RDF [<!ENTITY e0 \"" + text + "\">");
        for (int level = 1; level <= levels; level++) {
            entities.append("<!ENTITY e").append(level).append(" \"");
            entities.append(("&e" + (level - 1) + ";").repeat(each)).append("\">");
        }
        return entities.append("]>").toString();
    }

    @Test
    void entitiesThatMultiplyAreRefused() {
        assertThatThrownBy(() -> read("v.rdf", xml(bomb(12, 10, "text"), "&e12;")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.rdf:4: is not RDF/XML: ");
        assertThatThrownBy(() -> read("v.rdf", xml(bomb(12, 10, ""), "&e12;")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.rdf:4: is not RDF/XML: ");
    }

    @Test
    void asManyEntitiesAsRealVocabulariesUseAreRead() throws IOException {
        String labels = "&e0;".repeat(100_000);
        assertThat(read("v.rdf", xml(bomb(0, 0, "ab"), labels))
                        .vocabulary()
                        .concepts()
                        .get(0)
                        .labels()
                        .preferred()
                        .get(""))
                .hasSize(200_000);
    }

    @Test
    void entitiesAndDocumentTypesOutsideOfTheFileAreRefused() throws IOException {
        Path secret = Fixtures.write(folder, "secret.txt", "the secret");
        String entity = "<!DOCTYPE rdf:RDF [<!ENTITY x SYSTEM \"" + secret.toUri() + "\">]>";
        assertThatThrownBy(() -> read("v.rdf", xml(entity, "&x;")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.rdf:4: ")
                .hasMessageContaining("nothing outside of the file is read");
        String parameter = "<!DOCTYPE rdf:RDF [<!ENTITY % x SYSTEM \"" + secret.toUri() + "\"> %x;]>";
        assertThatThrownBy(() -> read("v.rdf", xml(parameter, "a"))).isInstanceOf(InputException.class);
        String type = "<!DOCTYPE rdf:RDF SYSTEM \"" + secret.toUri() + "\">";
        assertThatThrownBy(() -> read("v.rdf", xml(type, "a")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("nothing outside of the file is read");
    }

    @Test
    void nothingIsAskedOfTheNetwork() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String site = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            String type = "<!DOCTYPE rdf:RDF PUBLIC \"x\" \"" + site + "x.dtd\">";
            assertThatThrownBy(() -> read("v.rdf", xml(type, "a"))).isInstanceOf(InputException.class);
            String imports = Fixtures.PREFIXES + "<" + site + "> a owl:Ontology ; owl:imports <" + site + "b> .\n" + "<"
                    + site + "c> a skos:Concept ; skos:inScheme <" + site + "> .\n";
            assertThat(read("v.ttl", imports).vocabulary().size()).isEqualTo(1);
        } finally {
            server.stop(0);
        }
        assertThat(asked).hasValue(0);
    }

    @Test
    void aCutCompressedFileIsNoShorterVocabulary() throws IOException {
        for (String name : new String[] {"v.ttl.gz", "v.rdf.gz"}) {
            byte[] whole = Fixtures.gzip(name.startsWith("v.ttl") ? Fixtures.TURTLE : Fixtures.RDFXML);
            for (int length : new int[] {whole.length - 1, whole.length - 8, whole.length / 2, 12, 5}) {
                Path file = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));
                assertThatThrownBy(() -> VocabularyReader.read(file))
                        .as("%s cut to %d bytes", name, length)
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("compressed file ends too early");
            }
        }
    }

    @Test
    void bytesThatAreNotUtf8NameTheirLine() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write((Fixtures.PREFIXES + ":a a skos:Concept ; skos:prefLabel \"V").getBytes(StandardCharsets.UTF_8));
        bytes.write(0xf6); // o with two dots in Latin 1
        bytes.write("gel\"@de .\n".getBytes(StandardCharsets.UTF_8));
        Path turtle = Files.write(folder.resolve("v.ttl"), bytes.toByteArray());
        assertThatThrownBy(() -> VocabularyReader.read(turtle))
                .isInstanceOf(InputException.class)
                .hasMessage(turtle + ":5: byte 0xf6 is not UTF-8; convert the file to UTF-8");

        Path xml = Files.write(
                folder.resolve("v.rdf"),
                Fixtures.RDFXML.replace("linnut", "V\u00f6gel").getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> VocabularyReader.read(xml))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("UTF-8");
        Path latin = Files.write(
                folder.resolve("v.rdf"),
                Fixtures.RDFXML.replace("UTF-8", "ISO-8859-1").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(VocabularyReader.read(latin).vocabulary().concepts()).isEqualTo(Fixtures.concepts());
    }

    @Test
    void cyclesInBroaderAreToldAndRead() throws IOException {
        ReadVocabulary read = read("v.ttl", Fixtures.PREFIXES + """
                        :a a skos:Concept ; skos:broader :b .
                        :b a skos:Concept ; skos:broader :c .
                        :c a skos:Concept .
                        :a skos:narrower :c .
                        :self a skos:Concept ; skos:broader :self .
                        """);
        assertThat(read.vocabulary().size()).isEqualTo(4);
        assertThat(read.issues().count(VocabularyIssue.BROADER_CYCLE)).isEqualTo(2);
        assertThat(read.issues().occurrences().get(0).detail())
                .isEqualTo(String.join(" < ", Fixtures.id("a"), Fixtures.id("b"), Fixtures.id("c"), Fixtures.id("a")));
    }

    @Test
    void aChainOfManyConceptsIsNoCycleAndNoOverflow() throws IOException {
        int length = 100_000;
        StringBuilder chain = new StringBuilder(Fixtures.PREFIXES);
        for (int i = 0; i < length; i++) {
            chain.append(":c")
                    .append(i)
                    .append(" a skos:Concept ; skos:broader :c")
                    .append(i + 1)
                    .append(" .\n");
        }
        ReadVocabulary open = read("v.ttl", chain.toString());
        assertThat(open.vocabulary().size()).isEqualTo(length);
        assertThat(open.issues().counts()).isEmpty();
        String last = ":c" + length + " a skos:Concept ; skos:broader :c0 .\n";
        ReadVocabulary closed = read("v.ttl", chain + last);
        assertThat(closed.issues().count(VocabularyIssue.BROADER_CYCLE)).isEqualTo(1);
    }

    @Test
    void bracketsWithoutEndAreAnErrorAndNoCrash() {
        String deep = Fixtures.PREFIXES + ":a skos:broader " + "[ skos:broader ".repeat(200_000);
        assertThatThrownBy(() -> read("v.ttl", deep)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> read("v.ttl", Fixtures.PREFIXES + ":a skos:broader " + "( ".repeat(200_000)))
                .isInstanceOf(InputException.class);
    }

    @Test
    void anEncodingThatIsNoneIsNamed() throws IOException {
        Path file = Files.writeString(
                folder.resolve("v.rdf"), Fixtures.RDFXML.replace("UTF-8", "UTF-0.1"), StandardCharsets.UTF_8);
        assertThatThrownBy(() -> VocabularyReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.rdf")
                .hasMessageContaining("'UTF-0.1'");
    }

    @Test
    @Timeout(20)
    void aListThatTheParserNeverLeavesIsAnError() throws IOException {
        String turtle = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
                + "<http://x.org/2> a skos:Concept ; skos:narrower (<http://x.org/1> .\n.org/1> .\n";
        Path file = Files.writeString(folder.resolve("v.ttl"), turtle, StandardCharsets.UTF_8);
        assertThatThrownBy(() -> VocabularyReader.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("v.ttl:2: is not Turtle");
    }
}
