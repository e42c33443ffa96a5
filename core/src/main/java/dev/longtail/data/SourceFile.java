package dev.longtail.data;

/**
 * What a file was when it was read, for the provenance of a model.
 *
 * @param name   as it was given
 * @param bytes  size as it stands on disk, compressed files compressed
 * @param sha256 of those bytes, in lower-case hexadecimal digits
 */
public record SourceFile(String name, long bytes, String sha256) {}
