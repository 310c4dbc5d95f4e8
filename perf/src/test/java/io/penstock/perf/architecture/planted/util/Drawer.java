package io.penstock.perf.architecture.planted.util;

/** A class in a package with an empty word for a name. */
final class Drawer {
    private Drawer() {}
}
