/** Parquet files as examples. A module of its own because of what it needs, which is as large as all the rest. */
@NullMarked
package dev.longtail.parquet;

import org.jspecify.annotations.NullMarked;
