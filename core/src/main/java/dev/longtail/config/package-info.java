/**
 * Hyper-parameters: what they mean, what they may be, and how they travel to the command line and into model files.
 * They are records, written once and checked in their constructors; this package knows none of them.
 */
@NullMarked
package dev.longtail.config;

import org.jspecify.annotations.NullMarked;
