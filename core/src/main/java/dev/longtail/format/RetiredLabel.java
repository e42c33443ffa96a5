package dev.longtail.format;

/**
 * A label that a model had and has no more.
 *
 * @param name that it had, empty for none
 * @param into id of the label that its examples count for since then, empty for none
 */
public record RetiredLabel(String name, String into) {}
