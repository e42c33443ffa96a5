/** From the rows of the input table to the hidden vector: bag, dropout, normalisation, intermediate layer. */
@NullMarked
package dev.longtail.body;

import org.jspecify.annotations.NullMarked;
