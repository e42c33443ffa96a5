package dev.longtail.vocabulary;

import dev.longtail.data.Issues;
import dev.longtail.data.SourceFile;

/**
 * A vocabulary as it was read.
 *
 * @param issues what was not quite right in it
 * @param file   what was read, for the provenance of a model
 */
public record ReadVocabulary(
        SubjectVocabulary vocabulary, VocabularyFormat format, Issues<VocabularyIssue> issues, SourceFile file) {}
