package io.penstock.cluster;

import java.util.regex.Pattern;

/**
 * The name under which a node registers: 1 to 64 characters out of {@code A-Z a-z 0-9 - _ .}, not
 * starting with a dot. Stays with the node's data directory through restarts.
 *
 * <p>Threading: immutable.
 *
 * @param value the name
 */
public record NodeId(String value) implements Comparable<NodeId> {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}");

    /** Checks the form. */
    public NodeId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "node id must be 1 to 64 characters out of A-Z a-z 0-9 - _ . and not start with a dot");
        }
    }

    @Override
    public int compareTo(NodeId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
