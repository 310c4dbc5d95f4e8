package io.penstock.gateway.admin;

import io.penstock.gateway.tenant.RefusalCause;
import io.penstock.gateway.tenant.RepoLimits;
import io.penstock.gateway.tenant.TenantLimits;
import io.penstock.gateway.tenant.TenantStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What tenants may have and what they have, as JSON. */
public final class TenantReports {
    private TenantReports() {}

    /** {@code {"tenants":[...]}}, in the order of the configuration. */
    public static JsonObject of(List<TenantStats> tenants) {
        JsonArray array = new JsonArray();
        tenants.forEach(tenant -> array.add(tenant(tenant)));
        return new JsonObject().put("tenants", array);
    }

    private static JsonObject tenant(TenantStats stats) {
        JsonObject refused = new JsonObject();
        for (RefusalCause cause : RefusalCause.values()) {
            refused.put(cause.word(), stats.refused().get(cause));
        }
        return new JsonObject()
                .put("tenant", stats.rule().name())
                .put("repos", new JsonArray(stats.rule().repos()))
                .put("weight", stats.rule().weight())
                .put("limits", limits(stats.rule().limits()))
                .put("each_repo", limits(stats.rule().eachRepo()))
                .put("used", used(stats.used()))
                .put("refused", refused);
    }

    private static JsonObject limits(TenantLimits limits) {
        return new JsonObject()
                .put("bytes_per_s", limits.bytesPerS())
                .put("requests_per_s", limits.requestsPerS())
                .put("burst_ms", limits.burstMs())
                .put("max_in_flight", limits.maxInFlight())
                .put("max_connections", limits.maxConnections())
                .put("max_staged_bytes", limits.maxStagedBytes())
                .put("max_repos", limits.maxRepos())
                .put("max_batch_bytes", limits.maxBatchBytes())
                .put("max_record_bytes", limits.maxRecordBytes());
    }

    private static JsonObject limits(RepoLimits limits) {
        return new JsonObject()
                .put("bytes_per_s", limits.bytesPerS())
                .put("requests_per_s", limits.requestsPerS())
                .put("max_in_flight", limits.maxInFlight())
                .put("max_staged_bytes", limits.maxStagedBytes());
    }

    private static JsonObject used(TenantStats.Used used) {
        return new JsonObject()
                .put("in_flight", used.inFlight())
                .put("connections", used.connections())
                .put("gathered_bytes", used.gatheredBytes())
                .put("staged_bytes", used.stagedBytes())
                .put("disk_bytes", used.diskBytes())
                .put("repos", used.repos())
                .put("deliveries", used.deliveries())
                .put("accepted_requests", used.acceptedRequests())
                .put("accepted_bytes", used.acceptedBytes());
    }
}
