/** A model, measured on a test set, to a page that people read: one HTML file that needs nothing else. */
@NullMarked
package dev.longtail.report;

import org.jspecify.annotations.NullMarked;
