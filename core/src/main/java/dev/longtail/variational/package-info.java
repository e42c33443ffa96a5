/**
 * Rating models by variational Bayes: exact sweeps over users and items that keep how uncertain each vector is, in
 * place of steps along gradients.
 */
@NullMarked
package dev.longtail.variational;

import org.jspecify.annotations.NullMarked;
