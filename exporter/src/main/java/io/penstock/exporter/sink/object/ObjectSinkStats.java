package io.penstock.exporter.sink.object;

import io.penstock.model.RepoName;

/**
 * The object sinks of an export on this node at a moment.
 *
 * @param repo repo
 * @param export export
 * @param openWindows windows that grow
 * @param sealedWindows windows that wait to be encoded and published, or are
 * @param stagedBytes rows of all of them on the local disk
 * @param publishedFiles objects published since the sink was made, markers not counted
 * @param publishedBytes bytes of those
 * @param failures publications, of objects and markers, that failed and are tried again
 */
public record ObjectSinkStats(
        RepoName repo,
        String export,
        int openWindows,
        int sealedWindows,
        long stagedBytes,
        long publishedFiles,
        long publishedBytes,
        long failures) {

    /** Both together. */
    ObjectSinkStats with(ObjectSinkStats other) {
        return new ObjectSinkStats(
                repo,
                export,
                openWindows + other.openWindows,
                sealedWindows + other.sealedWindows,
                stagedBytes + other.stagedBytes,
                publishedFiles + other.publishedFiles,
                publishedBytes + other.publishedBytes,
                failures + other.failures);
    }
}
