package dev.longtail.vocabulary;

import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * The JDK's XML parser, whatever other one may be on the class path, which opens nothing beside the stream that it is
 * given. An entity or a document type outside of the file is an error rather than passed over, because text would be
 * missing in its place. Entities inside, with which RDF/XML often abbreviates IRIs, may be used; their number and the
 * size of all text that they stand for are bounded.
 */
final class GuardedXml extends XMLFilterImpl {

    /** The JDK's own bound is 64,000 or, in newer ones, 2,500: less than a vocabulary with an entity for each IRI. */
    private static final int MOST_ENTITIES = 1_000_000;

    private static final int MOST_ENTITY_TEXT = 50_000_000;

    private @Nullable Locator locator;
    private long line;

    GuardedXml() throws SAXException {
        super(reader());
    }

    private static XMLReader reader() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newSAXParser().getXMLReader();
        } catch (ParserConfigurationException e) {
            throw new SAXException(e);
        }
    }

    /** Sets the bounds at the last moment: a feature that is set behind them would bring the JDK's own back. */
    @Override
    public void parse(InputSource input) throws SAXException, IOException {
        setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        setProperty("jdk.xml.entityExpansionLimit", Integer.toString(MOST_ENTITIES));
        setProperty("jdk.xml.entityReplacementLimit", Integer.toString(MOST_ENTITIES));
        setProperty("jdk.xml.totalEntitySizeLimit", Integer.toString(MOST_ENTITY_TEXT));
        super.parse(input);
    }

    @Override
    public void setDocumentLocator(Locator locator) {
        this.locator = locator;
        super.setDocumentLocator(locator);
    }

    @Override
    public void startElement(String namespace, String local, String qualified, Attributes attributes)
            throws SAXException {
        line = line();
        super.startElement(namespace, local, qualified, attributes);
    }

    /** Line that the parser has come to, 0 before the first; inside of an entity the locator begins at 1 again. */
    long line() {
        return locator == null ? line : Math.max(line, locator.getLineNumber());
    }

    @Override
    public InputSource resolveEntity(@Nullable String publicId, @Nullable String systemId) throws SAXException {
        throw new SAXParseException(
                "refers to " + systemId + ", and nothing outside of the file is read; take the reference out", locator);
    }
}
