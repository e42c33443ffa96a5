package dev.longtail.text;

/**
 * Where a feature stands in a text.
 *
 * @param feature its number
 * @param start of its first character, in UTF-16 units
 * @param end behind its last character
 */
public record TextPlace(int feature, int start, int end) {}
