package io.penstock.model;

import java.util.Map;

/**
 * What a line of the log is about. The one idiom for that: it is an argument of the message like
 * any other, and where lines are JSON its parts are fields of their own.
 *
 * <p>Threading: immutable.
 */
public interface Subject {
    /** Names of fields, out of {@code repo}, {@code export}, {@code task}, {@code source}. */
    Map<String, String> fields();
}
