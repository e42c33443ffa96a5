package dev.longtail.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a hyper-parameter means, written once at the component of the record that holds it; the command line's help and
 * the documentation are made from it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

    /** Meaning, bounds and effect in one sentence. */
    String value();
}
