package io.penstock.gateway.config;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Where something stands in a configuration file; line and column count from 1. Threading:
 * immutable.
 */
record Place(String file, int line, int column) {

    static Place of(Node node) {
        return node.getStartMark().map(Place::of).orElseGet(() -> new Place("?", 1, 1));
    }

    static Place of(Mark mark) {
        return new Place(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
