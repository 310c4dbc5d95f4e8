package io.penstock.gateway.config;

/**
 * One thing that is wrong with a configuration. Threading: immutable.
 *
 * @param place {@code file:line:column}, or the file alone
 * @param path whole path of the key, such as {@code exports[1].batch.linger_ms}; empty when the
 *     file as such is meant
 * @param message what was expected, and what to do
 */
public record ConfigFault(String place, String path, String message) {

    @Override
    public String toString() {
        return path.isEmpty() ? place + ": " + message : place + ": " + path + ": " + message;
    }
}
