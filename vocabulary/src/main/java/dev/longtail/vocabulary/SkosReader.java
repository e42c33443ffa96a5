package dev.longtail.vocabulary;

import dev.longtail.config.InputException;
import dev.longtail.data.Issues;
import dev.longtail.data.SourceStream;
import java.io.CharConversionException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.zip.ZipException;
import org.eclipse.rdf4j.model.Statement;
import org.eclipse.rdf4j.rio.RDFHandler;
import org.eclipse.rdf4j.rio.RDFParseException;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.helpers.RDFHandlerWrapper;
import org.eclipse.rdf4j.rio.helpers.XMLParserSettings;
import org.eclipse.rdf4j.rio.rdfxml.RDFXMLParser;
import org.eclipse.rdf4j.rio.turtle.TurtleParser;
import org.xml.sax.SAXException;

/** Reads SKOS statement by statement. */
final class SkosReader {

    /** Relative IRIs cannot be resolved against it, so one in the file is an error. */
    private static final String NO_BASE = "urn:x-no-base";

    private final String source;
    private final Issues.Tally<VocabularyIssue> tally = new Issues.Tally<>();
    private long line;

    private SkosReader(String source) {
        this.source = source;
    }

    /** @throws InputException when the file is missing, damaged or no RDF of this format, or has no concept */
    static ReadVocabulary read(Path file, VocabularyFormat format) throws IOException {
        try (SourceStream in = SourceStream.open(file)) {
            SkosReader reader = new SkosReader(in.source());
            List<Concept> concepts = reader.read(in, format);
            return new ReadVocabulary(new SubjectVocabulary(concepts), format, reader.tally.issues(), in.sourceFile());
        }
    }

    private List<Concept> read(SourceStream in, VocabularyFormat format) throws IOException {
        SkosStatements statements;
        try {
            statements = format == VocabularyFormat.TURTLE ? turtle(in) : xml(in);
            new Whole(in, source, () -> line)
                    .transferTo(OutputStream.nullOutputStream()); // what may follow is a part of the checksum
        } catch (CharConversionException e) {
            throw new InputException(source, line, String.valueOf(e.getMessage()), e);
        } catch (UnsupportedEncodingException e) {
            throw new InputException(
                    source,
                    line,
                    "names an encoding that is none, '" + e.getMessage() + "'; save the file as UTF-8",
                    e);
        } catch (RDFParseException e) {
            if (e.getCause() instanceof InputException input) {
                throw input;
            }
            throw new InputException(source, Math.max(0, Math.max(line, e.getLineNumber())), reason(e, format), e);
        } catch (StackOverflowError e) {
            throw new InputException(source, line, "brackets are nested too deeply", e);
        } catch (SAXException e) {
            throw new InputException(source, line, String.valueOf(e.getMessage()), e);
        }
        List<Concept> concepts = statements.concepts();
        if (concepts.isEmpty()) {
            throw new InputException(source, 0, "holds no skos:Concept; is it a SKOS vocabulary?");
        }
        return concepts;
    }

    private SkosStatements turtle(SourceStream in) throws IOException {
        RDFParser parser = new TurtleParser();
        SkosStatements statements = new SkosStatements(tally, source, () -> line);
        Utf8Reader text = new Utf8Reader(new Whole(in, source, () -> line), source);
        parser.setRDFHandler(new Bounded(statements, text));
        parser.setParseLocationListener((at, column) -> line = at);
        parser.parse(text, NO_BASE);
        return statements;
    }

    private SkosStatements xml(SourceStream in) throws IOException, SAXException {
        RDFParser parser = new RDFXMLParser();
        GuardedXml xml = new GuardedXml();
        SkosStatements statements = new SkosStatements(tally, source, xml::line);
        parser.setRDFHandler(statements);
        parser.set(XMLParserSettings.CUSTOM_XML_READER, xml);
        parser.set(XMLParserSettings.SECURE_PROCESSING, true);
        parser.set(XMLParserSettings.DISALLOW_DOCTYPE_DECL, false);
        // On, so that GuardedXml hears of each and refuses it; off, the parser would leave the text out without a word.
        parser.set(XMLParserSettings.EXTERNAL_GENERAL_ENTITIES, true);
        parser.set(XMLParserSettings.EXTERNAL_PARAMETER_ENTITIES, true);
        parser.set(XMLParserSettings.LOAD_EXTERNAL_DTD, true);
        try {
            parser.parse(new Whole(in, source, xml::line), NO_BASE);
        } finally {
            line = xml.line();
        }
        return statements;
    }

    /**
     * Ends a parser that makes statements of nothing: a dot in a list, which is no number, leaves RDF4J's where it is
     * for ever. A character of Turtle makes two statements at most, those of an item of a list.
     */
    private final class Bounded extends RDFHandlerWrapper {

        private final Utf8Reader text;
        private long statements;

        Bounded(RDFHandler to, Utf8Reader text) {
            super(to);
            this.text = text;
        }

        @Override
        public void handleStatement(Statement statement) {
            if (++statements > 2 * text.characters()) {
                throw new InputException(source, line, "is not Turtle: what stands here in a list is no value");
            }
            super.handleStatement(statement);
        }
    }

    /** The message without the place, which the exception of this file names itself. */
    private static String reason(RDFParseException e, VocabularyFormat format) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s*\\[line [^\\]]*\\]$", "");
        return "is not " + (format == VocabularyFormat.TURTLE ? "Turtle" : "RDF/XML") + ": " + message;
    }

    /**
     * The stream for a parser. Damage becomes an error here, since an XML parser takes an EOFException for its own; and
     * closing is left to whoever opened the stream, who asks it for its checksum behind the parser.
     */
    private static final class Whole extends FilterInputStream {

        private final String source;
        private final LongSupplier line;

        Whole(InputStream in, String source, LongSupplier line) {
            super(in);
            this.source = source;
            this.line = line;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (ZipException | EOFException e) {
                throw new InputException(source, line.getAsLong(), String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        public void close() {
            // see above
        }
    }
}
