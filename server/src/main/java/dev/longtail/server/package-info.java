/** Models over HTTP: a plain API, Annif's, the Open Inference Protocol; health, metrics and limits. */
@NullMarked
package dev.longtail.server;

import org.jspecify.annotations.NullMarked;
