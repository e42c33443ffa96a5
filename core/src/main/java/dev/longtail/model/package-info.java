/** What has been learned, and the forward pass that training and prediction share. */
@NullMarked
package dev.longtail.model;

import org.jspecify.annotations.NullMarked;
