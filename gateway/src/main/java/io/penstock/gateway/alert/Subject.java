package io.penstock.gateway.alert;

/**
 * What an alert is about. Threading: immutable.
 *
 * @param repo name; empty where it is about no repo
 * @param name of the export, source, node or port; empty for the node as a whole
 */
public record Subject(String repo, String name) {
    /** The node as a whole. */
    public static final Subject NODE = new Subject("", "");

    @Override
    public String toString() {
        if (repo.isEmpty()) {
            return name.isEmpty() ? "node" : name;
        }
        return name.isEmpty() ? repo : repo + "/" + name;
    }
}
