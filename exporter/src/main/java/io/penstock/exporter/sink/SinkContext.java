package io.penstock.exporter.sink;

import io.penstock.model.NamedSubject;
import io.penstock.model.RepoName;
import io.penstock.model.Subject;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The surroundings of a sink.
 *
 * @param vertx for clients and timers
 * @param repo the repo that is exported
 * @param export name of the export
 * @param stateDirectory where this sink alone may keep files that survive a restart; it exists
 * @param clock time of day
 * @param place tells this sink from others of the same export: what it names at the target by the
 *     export alone must have it in the name, too. Empty where there are no others
 */
public record SinkContext(
        Vertx vertx, RepoName repo, String export, Path stateDirectory, Clock clock, String place) {

    /** Those of the only sink of an export. */
    public SinkContext(
            Vertx vertx, RepoName repo, String export, Path stateDirectory, Clock clock) {
        this(vertx, repo, export, stateDirectory, clock, "");
    }

    /** What its lines in the log are about. */
    public Subject subject() {
        return NamedSubject.export(repo, export);
    }

    /** The same among others. */
    public SinkContext at(String where) {
        return new SinkContext(vertx, repo, export, stateDirectory, clock, where);
    }

    /**
     * Whether another node may have the export when this sink has closed: then it must leave
     * nothing that only it could publish.
     */
    public boolean mayMove() {
        return !place.isEmpty();
    }

    /** Name of the export and of the place, of characters that file names and keys allow. */
    public String fileName() {
        String name = place.isEmpty() ? export : export + "@" + place;
        return name.replaceAll("[^A-Za-z0-9._@-]", "_");
    }
}
