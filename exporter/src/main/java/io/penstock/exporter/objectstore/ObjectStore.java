package io.penstock.exporter.objectstore;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Objects under keys, which are relative paths with '/' between their parts. A key is the identity
 * of its content: an object that is there is never written again.
 *
 * <p>Threading: any thread; every method may block. An {@link IOException} says in its message what
 * a person can do about it; the same call may be made again.
 */
public interface ObjectStore extends Closeable {

    /** What became of an object. */
    enum Published {
        /** It was not there and is now. */
        NEW,
        /** It was there, from an earlier call whose answer got lost. */
        WAS_THERE
    }

    /**
     * Where the content of a key is to be written before it is published; the directory exists. The
     * same for the same key.
     */
    Path scratch(String key) throws IOException;

    /**
     * Makes the content of {@link #scratch} the object of a key, by one atomic step, and deletes
     * the scratch file.
     */
    Published publish(String key) throws IOException;

    /** Makes an empty object, unless there is one. */
    void mark(String key) throws IOException;
}
