/** Characters to ids: tokenizer, n-grams, vocabulary and tf-idf. Built once from training text, then frozen. */
@NullMarked
package dev.longtail.text;

import org.jspecify.annotations.NullMarked;
