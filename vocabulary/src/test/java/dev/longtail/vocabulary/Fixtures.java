package dev.longtail.vocabulary;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A small vocabulary in two forms, and what it means. */
final class Fixtures {

    static final String PREFIXES = """
            @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
            @prefix owl: <http://www.w3.org/2002/07/owl#> .
            @prefix dct: <http://purl.org/dc/terms/> .
            @prefix : <http://example.org/> .
            """;

    static final String TURTLE = PREFIXES + """
            :scheme a skos:ConceptScheme ; dct:title "Animals"@en .
            # labels before the type, and the same subject twice
            :birds skos:prefLabel "birds"@en, "linnut"@fi, "Vögel"@de ;
                skos:altLabel "aves"@la, "feathered animals"@en, "Aves"@en ;
                skos:hiddenLabel "brids"@en ;
                skos:broader :animals ; skos:related :feathers ; skos:notation "598" ;
                skos:definition "never read"@en .
            :animals a skos:Concept ; skos:prefLabel "animals"@EN ; skos:narrower :birds .
            :birds a skos:Concept ; skos:inScheme :scheme .
            :fowl a skos:Concept ; skos:prefLabel "fowl"@en-GB, "plain" ; owl:deprecated true ;
                dct:isReplacedBy :birds .
            """;

    static final String RDFXML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE rdf:RDF [ <!ENTITY ex "http://example.org/"> ]>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
                xmlns:skos="http://www.w3.org/2004/02/skos/core#"
                xmlns:owl="http://www.w3.org/2002/07/owl#"
                xmlns:dct="http://purl.org/dc/terms/">
              <rdf:Description rdf:about="&ex;birds">
                <skos:prefLabel xml:lang="en">
                  birds
                </skos:prefLabel>
                <skos:prefLabel xml:lang="fi">linnut</skos:prefLabel>
                <skos:prefLabel xml:lang="de">V&#246;gel</skos:prefLabel>
                <skos:altLabel xml:lang="la">aves</skos:altLabel>
                <skos:altLabel xml:lang="en">feathered animals</skos:altLabel>
                <skos:altLabel xml:lang="en">Aves</skos:altLabel>
                <skos:hiddenLabel xml:lang="en">brids</skos:hiddenLabel>
                <skos:broader rdf:resource="&ex;animals"/>
                <skos:related rdf:resource="&ex;feathers"/>
                <skos:notation>598</skos:notation>
              </rdf:Description>
              <skos:Concept rdf:about="http://example.org/animals">
                <skos:prefLabel xml:lang="en">animals</skos:prefLabel>
                <skos:narrower>
                  <skos:Concept rdf:about="http://example.org/birds"/>
                </skos:narrower>
              </skos:Concept>
              <skos:Concept rdf:about="http://example.org/fowl">
                <skos:prefLabel xml:lang="en-GB">fowl</skos:prefLabel>
                <skos:prefLabel>plain</skos:prefLabel>
                <owl:deprecated rdf:datatype="http://www.w3.org/2001/XMLSchema#boolean">true</owl:deprecated>
                <dct:isReplacedBy rdf:resource="http://example.org/birds"/>
              </skos:Concept>
            </rdf:RDF>
            """;

    private Fixtures() {}

    /** What both say. */
    static List<Concept> concepts() {
        ConceptLabels birds = new ConceptLabels(
                Map.of("en", "birds", "fi", "linnut", "de", "Vögel"),
                Map.of("la", List.of("aves"), "en", List.of("feathered animals", "Aves")),
                Map.of("en", List.of("brids")));
        ConceptRelations relations = new ConceptRelations(List.of(id("animals")), List.of(), List.of(id("feathers")));
        ConceptLabels animals = new ConceptLabels(Map.of("en", "animals"), Map.of(), Map.of());
        ConceptLabels fowl = new ConceptLabels(Map.of("en-gb", "fowl", "", "plain"), Map.of(), Map.of());
        return List.of(
                new Concept(id("birds"), birds, relations, List.of("598"), false, List.of()),
                new Concept(
                        id("animals"),
                        animals,
                        new ConceptRelations(List.of(), List.of(id("birds")), List.of()),
                        List.of(),
                        false,
                        List.of()),
                new Concept(id("fowl"), fowl, ConceptRelations.NONE, List.of(), true, List.of(id("birds"))));
    }

    static String id(String name) {
        return "http://example.org/" + name;
    }

    static Path write(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    static byte[] gzip(String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
