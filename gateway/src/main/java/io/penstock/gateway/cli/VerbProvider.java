package io.penstock.gateway.cli;

import java.util.List;

/**
 * Verbs of other modules, found through {@link java.util.ServiceLoader}. Needs a public constructor
 * without parameters.
 */
public interface VerbProvider {
    /** Objects annotated as picocli commands; each becomes a verb under its command's name. */
    List<Object> verbs();
}
