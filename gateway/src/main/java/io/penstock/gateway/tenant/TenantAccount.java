package io.penstock.gateway.tenant;

import io.penstock.exporter.pressure.DeliveryShare;
import io.penstock.exporter.stage.StagedShare;
import io.penstock.exporter.storage.DiskShare;
import io.penstock.gateway.ingest.BodyBudget;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What one tenant has of this node now, against what it may have.
 *
 * <p>Threading: any thread; nothing blocks. Limits of counts hold exactly but for what several
 * threads ask for in the same moment, which is at most a request, an append or a delivery of each.
 */
final class TenantAccount implements StagedShare, DeliveryShare {
    /** When to come back where no rate says so; about what a request takes. */
    static final long RETRY_MS = 200;

    /** The same for connections, which stay longer. */
    static final long CONNECT_RETRY_MS = 1_000;

    private final TenantRule rule;
    private final NodeShare node;
    private final @Nullable RateBucket bytesRate;
    private final @Nullable RateBucket requestRate;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong gathered = new AtomicLong();
    private final AtomicLong staged = new AtomicLong();
    private final AtomicLong disk = new AtomicLong();
    private final DiskShare files = new Files();
    private final AtomicInteger repos = new AtomicInteger();
    private final AtomicInteger deliveries = new AtomicInteger();
    private final LongAdder acceptedRequests = new LongAdder();
    private final LongAdder acceptedBytes = new LongAdder();
    private final Map<RefusalCause, LongAdder> refused = new EnumMap<>(RefusalCause.class);

    TenantAccount(TenantRule rule, NodeShare node) {
        TenantLimits limits = rule.limits();
        this.rule = rule;
        this.node = node;
        this.bytesRate = bucket(limits.bytesPerS());
        this.requestRate = bucket(limits.requestsPerS());
        for (RefusalCause cause : RefusalCause.values()) {
            refused.put(cause, new LongAdder());
        }
    }

    /** A bucket with the tenant's burst, or null for no limit. */
    @Nullable RateBucket bucket(long perSecond) {
        return perSecond == 0
                ? null
                : new RateBucket(perSecond, rule.limits().burstMs() * 1_000_000, node.nowNs());
    }

    TenantRule rule() {
        return rule;
    }

    NodeShare node() {
        return node;
    }

    /** Whether a request may begin; it does not count yet. */
    @Nullable Fault mayBegin(long bytes, long nowNs) {
        Fault tooLarge = tooLarge(bytes);
        if (tooLarge != null) {
            return tooLarge;
        }
        Fault early = early(nowNs);
        return early == null
                ? crowded(inFlight.get(), rule.limits().maxInFlight(), "tenant " + rule.name())
                : early;
    }

    @Nullable Fault early(long nowNs) {
        return early(bytesRate, requestRate, nowNs, "tenant " + rule.name());
    }

    @Nullable Fault tooLarge(long bytes) {
        int limit = rule.limits().maxBatchBytes();
        if (limit == 0 || bytes <= limit) {
            return null;
        }
        refused(RefusalCause.BATCH_SIZE);
        return Fault.of(
                FaultKind.TOO_LARGE,
                "batch of "
                        + bytes
                        + " bytes, the limit of tenant "
                        + rule.name()
                        + " is "
                        + limit);
    }

    /** The answer while a rate is used up; one and the same rule for tenants and repos. */
    @Nullable Fault early(
            @Nullable RateBucket bytes, @Nullable RateBucket requests, long nowNs, String whose) {
        long bytesWaitNs = bytes == null ? 0 : bytes.waitNs(nowNs);
        long requestsWaitNs = requests == null ? 0 : requests.waitNs(nowNs);
        long waitNs = Math.max(bytesWaitNs, requestsWaitNs);
        if (waitNs == 0) {
            return null;
        }
        boolean byBytes = bytesWaitNs >= requestsWaitNs;
        refused(byBytes ? RefusalCause.BYTE_RATE : RefusalCause.REQUEST_RATE);
        return full(
                whose + " has used up its " + (byBytes ? "bytes_per_s" : "requests_per_s"),
                (waitNs + 999_999) / 1_000_000);
    }

    @Nullable Fault crowded(int now, int limit, String whose) {
        if (limit == 0 || now < limit) {
            return null;
        }
        refused(RefusalCause.IN_FLIGHT);
        return full(whose + " has " + now + " requests in flight, its limit", RETRY_MS);
    }

    /** Counts one more connection, or does not. */
    @Nullable Fault connect() {
        int limit = rule.limits().maxConnections();
        int now = connections.incrementAndGet();
        if (limit == 0 || now <= limit) {
            return null;
        }
        connections.decrementAndGet();
        refused(RefusalCause.CONNECTIONS);
        return full(
                "tenant " + rule.name() + " has " + limit + " connections, its limit",
                CONNECT_RETRY_MS);
    }

    void disconnect() {
        connections.decrementAndGet();
    }

    private static Fault full(String message, long retryAfterMs) {
        return new Fault(FaultKind.FULL, message, Fault.NOWHERE, retryAfterMs);
    }

    void began(long bytes, long nowNs) {
        inFlight.incrementAndGet();
        if (requestRate != null) {
            requestRate.take(1, nowNs);
        }
        charge(bytes, nowNs);
    }

    /** More bytes, or, negative, fewer. */
    void charge(long bytes, long nowNs) {
        charge(bytesRate, bytes, nowNs);
    }

    static void charge(@Nullable RateBucket bucket, long bytes, long nowNs) {
        if (bucket != null && bytes > 0) {
            bucket.take(bytes, nowNs);
        } else if (bucket != null) {
            bucket.giveBack(-bytes);
        }
    }

    void ended(boolean accepted, long bytes) {
        inFlight.decrementAndGet();
        if (accepted) {
            acceptedRequests.increment();
            acceptedBytes.add(bytes);
        } else if (bytesRate != null) {
            bytesRate.giveBack(bytes);
        }
    }

    /**
     * Bytes of requests that are not whole. One message may always come: without it none could end.
     */
    @Nullable Fault gather(int bytes, BodyBudget budget) {
        long mine = gathered.addAndGet(bytes);
        if (bytes <= 0
                || mine <= node.maxBatchBytes()
                || node.allows(mine, rule.weight(), budget.limitBytes() - budget.usedBytes())) {
            return null;
        }
        refused(RefusalCause.SHARE);
        return full("tenant " + rule.name() + " has its share of the requests in flight", RETRY_MS);
    }

    @Override
    public String fault(long bytes, long repoBytes, long nodeBytes, long nodeLimit) {
        long mine = staged.get() + bytes;
        long limit = rule.limits().maxStagedBytes();
        long repoLimit = rule.eachRepo().maxStagedBytes();
        if ((limit > 0 && mine > limit) || (repoLimit > 0 && repoBytes + bytes > repoLimit)) {
            refused(RefusalCause.STAGED);
            return limit > 0 && mine > limit
                    ? "tenant " + rule.name() + " has staged " + limit + " bytes, its limit"
                    : "the repo has staged " + repoLimit + " bytes, its limit";
        }
        if (!node.allows(mine, rule.weight(), nodeLimit - nodeBytes)) {
            refused(RefusalCause.SHARE);
            return "tenant " + rule.name() + " has its share of the node's staging limit";
        }
        return "";
    }

    @Override
    public void add(long bytes) {
        staged.addAndGet(bytes);
    }

    /** Segment files of its rings; those of rings that hold little are not asked for. */
    private final class Files implements DiskShare {
        @Override
        public boolean allows(long bytes, long freeBytes) {
            return node.allows(disk.get() + bytes, rule.weight(), freeBytes);
        }

        @Override
        public void add(long bytes) {
            disk.addAndGet(bytes);
        }
    }

    DiskShare files() {
        return files;
    }

    /** Counts one more repo, or does not. */
    boolean createRepo() {
        int limit = rule.limits().maxRepos();
        if (limit > 0 && repos.get() >= limit) {
            refused(RefusalCause.REPOS);
            return false;
        }
        repos.incrementAndGet();
        return true;
    }

    void foundRepos(int count) {
        repos.addAndGet(count);
    }

    /** Where nothing is with a sink one delivery may always start. */
    @Override
    public boolean mayStart() {
        int mine = deliveries.get();
        return mine == 0 || node.allows(mine + 1L, rule.weight(), node.freeDeliveries() - 1L);
    }

    @Override
    public void started() {
        deliveries.incrementAndGet();
        node.deliveries(1);
    }

    @Override
    public void ended(int count) {
        deliveries.addAndGet(-count);
        node.deliveries(-count);
    }

    void refused(RefusalCause cause) {
        Objects.requireNonNull(refused.get(cause)).increment();
    }

    TenantStats stats() {
        Map<RefusalCause, Long> causes = new EnumMap<>(RefusalCause.class);
        refused.forEach((cause, count) -> causes.put(cause, count.sum()));
        return new TenantStats(
                rule,
                new TenantStats.Used(
                        inFlight.get(),
                        connections.get(),
                        gathered.get(),
                        staged.get(),
                        disk.get(),
                        repos.get(),
                        deliveries.get(),
                        acceptedRequests.sum(),
                        acceptedBytes.sum()),
                causes);
    }
}
