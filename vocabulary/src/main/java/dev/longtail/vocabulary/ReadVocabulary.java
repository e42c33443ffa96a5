package dev.longtail.vocabulary;

import dev.longtail.data.SourceFile;

/**
 * A vocabulary as it was read.
 *
 * @param report what was not quite right in it
 * @param file   what was read, for the provenance of a model
 */
public record ReadVocabulary(
        SubjectVocabulary vocabulary, VocabularyFormat format, VocabularyReport report, SourceFile file) {}
