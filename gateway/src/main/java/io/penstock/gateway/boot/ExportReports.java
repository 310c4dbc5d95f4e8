package io.penstock.gateway.boot;

import io.penstock.exporter.fanout.Export;
import io.penstock.exporter.fanout.ExportStats;
import io.penstock.exporter.ring.Beginning;
import io.penstock.exporter.sink.Capabilities;
import io.penstock.exporter.stage.Stage;
import io.penstock.exporter.stage.StageState;
import io.penstock.gateway.admin.Reports;
import io.penstock.gateway.definition.ExportKey;
import io.penstock.gateway.definition.LiveExports;
import io.penstock.gateway.definition.LiveExports.Wanted;
import io.penstock.model.RepoName;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exports of a node as JSON: those that run, are defined, or left something. Blocks. */
final class ExportReports {
    private final Gateway gateway;
    private final ExportsPart part;
    private final LiveExports live;

    ExportReports(Gateway gateway) {
        this.gateway = gateway;
        this.part = gateway.exports();
        this.live = part.live();
    }

    /** {@code {"exports":[...]}}: of all repos, or of one. */
    JsonObject list(@Nullable RepoName repo) throws IOException {
        JsonArray rows = new JsonArray();
        Set<ExportKey> seen = new HashSet<>();
        for (ExportStats stats : gateway.view().exports()) {
            ExportKey key = new ExportKey(stats.repo(), stats.export());
            if ((repo == null || repo.equals(stats.repo())) && seen.add(key)) {
                rows.add(noted(Reports.export(stats), key));
            }
        }
        for (ExportKey key : others()) {
            if ((repo == null || repo.equals(key.repo())) && seen.add(key)) {
                rows.add(noted(idle(key), key));
            }
        }
        return new JsonObject().put("exports", rows);
    }

    /** Those that do not run, or not yet: defined ones, then what nobody defines any more. */
    private Set<ExportKey> others() {
        Set<ExportKey> keys = new LinkedHashSet<>();
        part.configured()
                .own()
                .forEach(own -> keys.add(new ExportKey(own.spec().repo(), own.spec().name())));
        live.requested().forEach(wanted -> keys.add(wanted.definition().key()));
        for (Stage stage : gateway.stages().stages()) {
            if (stage.state() == StageState.ACTIVE) {
                stage.ring()
                        .cursors()
                        .forEach(cursor -> keys.add(new ExportKey(stage.repo(), cursor)));
            }
        }
        return keys;
    }

    /** One export with its definition, or null when there is none. */
    @Nullable JsonObject whole(ExportKey key) {
        ExportStats stats = gateway.fanOut().stats(key.repo(), key.export()).orElse(null);
        if (stats == null && !isThere(key)) {
            return null;
        }
        JsonObject json = noted(stats == null ? idle(key) : Reports.export(stats), key);
        part.load(key)
                .ifPresent(
                        load ->
                                json.put("records_per_s", load.recordsPerS())
                                        .put("bytes_per_s", load.bytesPerS()));
        live.find(key)
                .ifPresent(
                        export ->
                                json.put("definition", definition(export))
                                        .put("capabilities", capabilities(export)));
        live.wanted(key)
                .filter(wanted -> wanted.definition().defines())
                .ifPresent(
                        wanted ->
                                json.put(
                                        "from",
                                        wanted.definition().beginning() == Beginning.OLDEST
                                                ? "start"
                                                : "now"));
        return json;
    }

    private boolean isThere(ExportKey key) {
        return part.desk().known(key).isPresent() || live.wanted(key).isPresent() || isLeft(key);
    }

    /** Whether an open repo keeps a cursor for it. */
    private boolean isLeft(ExportKey key) {
        return gateway.stages()
                .find(key.repo())
                .filter(stage -> stage.state() == StageState.ACTIVE)
                .map(stage -> stage.ring().cursors().contains(key.export()))
                .orElse(false);
    }

    private JsonObject noted(JsonObject json, ExportKey key) {
        String origin =
                live.isConfigured(key)
                        ? "configuration"
                        : live.wanted(key)
                                .filter(wanted -> wanted.definition().defines())
                                .map(wanted -> "request")
                                .orElse("none");
        json.put("origin", origin)
                .put("sink", live.find(key).map(e -> e.spec().sink().type()).orElse("-"))
                .put("paused", live.find(key).map(Export::paused).orElse(false));
        live.wanted(key)
                .map(Wanted::fault)
                .filter(fault -> !fault.isEmpty())
                .ifPresent(fault -> json.put("fault", fault));
        return json;
    }

    private JsonObject idle(ExportKey key) {
        String state = "closed";
        if (live.find(key).isEmpty()) {
            boolean defined =
                    live.wanted(key).filter(wanted -> wanted.definition().defines()).isPresent();
            state = defined ? "invalid" : "orphaned";
        }
        return new JsonObject()
                .put("repo", key.repo().value())
                .put("export", key.export())
                .put("state", state);
    }

    /** Without its secrets, and without what is at its default. */
    JsonObject definition(Export export) {
        return new JsonObject(part.form().masked(export.spec()));
    }

    static JsonObject capabilities(Export export) {
        Capabilities capabilities = export.sink().capabilities();
        return new JsonObject()
                .put("idempotent", capabilities.idempotent())
                .put("ordered", capabilities.ordered())
                .put("blocking", capabilities.blocking());
    }
}
