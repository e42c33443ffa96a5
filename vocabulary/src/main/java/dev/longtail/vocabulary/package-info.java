/**
 * Vocabularies of subjects: SKOS in Turtle or RDF/XML, and lines of identifier and label. A module of its own because
 * parsers of RDF are as large as core.
 */
@NullMarked
package dev.longtail.vocabulary;

import org.jspecify.annotations.NullMarked;
