package io.penstock.gateway.tenant;

import io.penstock.exporter.pressure.DeliveryShare;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Refusal;
import io.penstock.exporter.stage.StageQuotas;
import io.penstock.exporter.stage.StagedShare;
import io.penstock.exporter.storage.DiskShare;
import io.penstock.gateway.ingest.Admission;
import io.penstock.gateway.ingest.Quota;
import io.penstock.model.RepoName;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of a node, what they may have and what they have: asked at the doors for requests, by
 * stages for disk and repos, by fan-out for deliveries.
 *
 * <p>Threading: any thread; nothing blocks.
 */
public final class Tenancy implements Admission, StageQuotas {
    /** Accounts of single repos after which those that nobody would miss are looked for. */
    static final int FIRST_SWEEP = 1_024;

    private final Tenants tenants;
    private final NodeShare node;
    private final Map<String, TenantAccount> accounts = new LinkedHashMap<>();
    private final Map<String, RepoAccount> together = new LinkedHashMap<>();
    private final boolean countsConnections;
    private final ConcurrentHashMap<RepoName, RepoAccount> apart = new ConcurrentHashMap<>();
    private volatile int sweepAt = FIRST_SWEEP;

    /**
     * Nobody has anything yet.
     *
     * @param maxBatchBytes the largest batch that the node takes
     * @param clockNs nanoseconds of a clock that never goes back
     */
    public Tenancy(
            Tenants tenants, SharingConfig sharing, int maxBatchBytes, LongSupplier clockNs) {
        this.tenants = tenants;
        this.node = new NodeShare(tenants.areSeveral(), maxBatchBytes, sharing, clockNs);
        this.countsConnections =
                tenants.all().stream().anyMatch(rule -> rule.limits().maxConnections() > 0);
        for (TenantRule rule : tenants.all()) {
            TenantAccount account = new TenantAccount(rule, node);
            accounts.put(rule.name(), account);
            if (!rule.eachRepo().areCounted()) {
                together.put(rule.name(), new RepoAccount(account, "tenant " + rule.name()));
            }
        }
    }

    /** Whose which repo is. */
    public Tenants tenants() {
        return tenants;
    }

    private TenantAccount accountOf(RepoName repo) {
        TenantAccount account = accounts.get(tenants.tenantOf(repo));
        if (account == null) {
            throw new IllegalStateException("no account of the tenant of " + repo);
        }
        return account;
    }

    @Override
    public Quota of(RepoName repo) {
        return account(repo);
    }

    /** An intake for sources, by which what they fetch keeps to rates. */
    public Intake pulled(Intake intake) {
        return new PulledIntake(intake, this);
    }

    RepoAccount account(RepoName repo) {
        RepoAccount all = together.get(tenants.tenantOf(repo));
        if (all != null) {
            return all;
        }
        RepoAccount known = apart.get(repo);
        if (known != null) {
            return known;
        }
        if (apart.size() >= sweepAt) {
            sweep();
        }
        return apart.computeIfAbsent(
                repo, name -> new RepoAccount(accountOf(name), "repo " + name));
    }

    /** Where nobody has a limit of them, connections are not looked at. */
    @Override
    public boolean countsConnections() {
        return countsConnections;
    }

    /** Lets go of what a new account would be equal to; what is left doubles the next bound. */
    private synchronized void sweep() {
        if (apart.size() < sweepAt) {
            return;
        }
        long nowNs = node.nowNs();
        apart.values()
                .removeIf(
                        account -> {
                            boolean idle = account.isIdle(nowNs);
                            if (idle) {
                                account.retire();
                            }
                            return idle;
                        });
        sweepAt = Math.max(FIRST_SWEEP, 2 * apart.size());
    }

    int accountsOfRepos() {
        return apart.size();
    }

    @Override
    public void found(RepoName repo) {
        accountOf(repo).foundRepos(1);
    }

    @Override
    public @Nullable Refusal create(RepoName repo) {
        TenantAccount account = accountOf(repo);
        return account.createRepo()
                ? null
                : new Refusal.UnknownRepo(
                        "tenant "
                                + account.rule().name()
                                + " has "
                                + account.rule().limits().maxRepos()
                                + " repos, its limit");
    }

    @Override
    public void gone(RepoName repo) {
        accountOf(repo).foundRepos(-1);
    }

    /** Counted anew each time: rings are opened seldom, and few are open at once. */
    @Override
    public String open(RepoName repo, Collection<RepoName> open, int limit) {
        TenantAccount account = accountOf(repo);
        String tenant = account.rule().name();
        if (!tenants.areSeveral()) {
            return "";
        }
        int all = 0;
        int mine = 0;
        for (RepoName each : open) {
            all++;
            mine += tenants.tenantOf(each).equals(tenant) ? 1 : 0;
        }
        if (mine <= 1 || node.allows(mine, account.rule().weight(), (long) limit - all)) {
            return "";
        }
        account.refused(RefusalCause.SHARE);
        return "tenant " + tenant + " has its share of the repos that may be open on this node";
    }

    @Override
    public StagedShare share(RepoName repo) {
        return accountOf(repo);
    }

    /** What the ring of a repo may take of the disk together with those of its tenant's others. */
    public DiskShare disk(RepoName repo) {
        return accountOf(repo).files();
    }

    /** What the exports of a repo may have under way together with those of its tenant's others. */
    public DeliveryShare deliveries(RepoName repo) {
        return accountOf(repo);
    }

    /**
     * Whether a push may make a repo by its tenant's rule.
     *
     * @param others for repos of {@code default}
     */
    public Predicate<RepoName> creation(boolean others) {
        return repo -> {
            TenantRule rule = tenants.ruleOf(repo);
            return rule.name().equals(TenantRule.DEFAULT) ? others : rule.autoCreate();
        };
    }

    /** All of them, in the order of the configuration, {@code default} last. */
    public List<TenantStats> stats() {
        return accounts.values().stream().map(TenantAccount::stats).toList();
    }
}
