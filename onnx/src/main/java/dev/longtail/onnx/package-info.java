/** Models to graphs of ONNX that give the same scores. */
@NullMarked
package dev.longtail.onnx;

import org.jspecify.annotations.NullMarked;
