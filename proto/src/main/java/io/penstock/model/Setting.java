package io.penstock.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One key of the configuration, stated on a component of a configuration record.
 *
 * <p>The key is the component's name in snake_case ({@code maxBatchBytes} is {@code
 * max_batch_bytes}); its unit is its suffix ({@code Ms}, {@code Bytes}). {@code conf/gateway.yaml},
 * the validation and the reference pages are held against these annotations. Rules that span a
 * single value (ranges, forms) are checked by the record's compact constructor, which throws {@link
 * IllegalArgumentException} with a message that starts with the key.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD})
public @interface Setting {
    /**
     * Default as it would be written in YAML; {@link #REQUIRED} when the user must state a value.
     */
    String value() default REQUIRED;

    /** One sentence: what the key does and why the default is what it is. */
    String doc();

    /**
     * Whether the value, or each value of a map, is for nobody's eyes: what tells the configuration
     * masks it.
     */
    boolean secret() default false;

    /** Marks a key without default. */
    String REQUIRED = "<required>";
}
