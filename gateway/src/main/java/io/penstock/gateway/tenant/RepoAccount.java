package io.penstock.gateway.tenant;

import io.penstock.gateway.ingest.BodyBudget;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.Quota;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests to one repo, as they count with it and with its tenant; or to all repos of a tenant that
 * has no limits for each.
 *
 * <p>Threading: any thread; nothing blocks.
 */
final class RepoAccount implements Quota {
    private final TenantAccount tenant;
    private final @Nullable RateBucket bytesRate;
    private final @Nullable RateBucket requestRate;
    private final int maxInFlight;
    private final int maxRecordBytes;
    private final String whose;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean retired;

    /**
     * Nothing is in use.
     *
     * @param whose the repo, for people
     */
    RepoAccount(TenantAccount tenant, String whose) {
        RepoLimits limits = tenant.rule().eachRepo();
        this.tenant = tenant;
        this.whose = whose;
        this.bytesRate = tenant.bucket(limits.bytesPerS());
        this.requestRate = tenant.bucket(limits.requestsPerS());
        this.maxInFlight = limits.maxInFlight();
        int most = tenant.rule().limits().maxRecordBytes();
        this.maxRecordBytes = most == 0 ? Integer.MAX_VALUE : most;
    }

    @Override
    public @Nullable Fault begin(long bytes) {
        long nowNs = tenant.node().nowNs();
        Fault fault = tenant.mayBegin(bytes, nowNs);
        if (fault == null) {
            fault = tenant.early(bytesRate, requestRate, nowNs, whose);
        }
        if (fault == null) {
            fault = tenant.crowded(inFlight.get(), maxInFlight, whose);
        }
        if (fault == null) {
            began(bytes, nowNs);
        }
        return fault;
    }

    private void began(long bytes, long nowNs) {
        inFlight.incrementAndGet();
        if (requestRate != null) {
            requestRate.take(1, nowNs);
        }
        TenantAccount.charge(bytesRate, bytes, nowNs);
        tenant.began(bytes, nowNs);
    }

    /** The same for what a source has fetched: rates alone are asked. */
    @Nullable Fault pull(long bytes) {
        long nowNs = tenant.node().nowNs();
        Fault early = tenant.early(nowNs);
        if (early == null) {
            early = tenant.early(bytesRate, requestRate, nowNs, whose);
        }
        if (early == null) {
            began(bytes, nowNs);
        }
        return early;
    }

    @Override
    public @Nullable Fault resize(long before, long now) {
        long nowNs = tenant.node().nowNs();
        TenantAccount.charge(bytesRate, now - before, nowNs);
        tenant.charge(now - before, nowNs);
        return tenant.tooLarge(now);
    }

    @Override
    public void end(boolean accepted, long bytes) {
        inFlight.decrementAndGet();
        if (!accepted && bytesRate != null) {
            bytesRate.giveBack(bytes);
        }
        tenant.ended(accepted, bytes);
    }

    @Override
    public @Nullable Fault gather(int bytes, BodyBudget budget) {
        return tenant.gather(bytes, budget);
    }

    @Override
    public @Nullable Fault connect() {
        return tenant.connect();
    }

    @Override
    public void disconnect() {
        tenant.disconnect();
    }

    @Override
    public int maxRecordBytes() {
        return maxRecordBytes;
    }

    @Override
    public boolean retired() {
        return retired;
    }

    /** Whether a new one would be the same. */
    boolean isIdle(long nowNs) {
        return inFlight.get() == 0
                && (bytesRate == null || bytesRate.isFull(nowNs))
                && (requestRate == null || requestRate.isFull(nowNs));
    }

    void retire() {
        retired = true;
    }
}
