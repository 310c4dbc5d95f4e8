package io.penstock.model;

/**
 * What settings must be: each refuses with an {@link IllegalArgumentException} whose message begins
 * with the setting's key, as the reader of a configuration expects it of the records' constructors.
 *
 * <p>Threading: any thread.
 */
public final class Require {
    private Require() {}

    /** That something holds; the message is given, key first. */
    public static void that(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** That a value lies within two bounds, both of them allowed. */
    public static void within(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    key + ": " + value + " is outside " + least + " to " + most);
        }
    }

    /**
     * The same in the words of sinks and sources.
     *
     * @param most {@link Long#MAX_VALUE} where there is no upper bound
     */
    public static void between(String key, long value, long least, long most) {
        if (value < least || value > most) {
            String range = most == Long.MAX_VALUE ? "at least " + least : least + " to " + most;
            throw new IllegalArgumentException(key + ": must be " + range + ", is " + value);
        }
    }
}
