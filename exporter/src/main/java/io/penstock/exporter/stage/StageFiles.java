package io.penstock.exporter.stage;

import io.penstock.exporter.ring.Ring;
import io.penstock.model.RepoName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The blocking side of the registry: makes, opens, closes and deletes repos on disk.
 *
 * <p>Threading: {@link #run} any thread; everything else on the threads that it runs tasks on.
 */
final class StageFiles {
    /** Opening and closing are disk-bound; two keep a slow recovery from blocking all others. */
    private static final int THREADS = 2;

    private static final Logger LOG = LoggerFactory.getLogger(StageFiles.class);

    private final StageRegistry.Wiring wiring;
    private final int maxRepos;
    private final AtomicInteger repos = new AtomicInteger();
    private volatile StageQuotas quotas = StageQuotas.NONE;
    private final AtomicInteger threadNumber = new AtomicInteger();
    private final ExecutorService threads;

    StageFiles(StageRegistry.Wiring wiring, int maxRepos) {
        this.wiring = wiring;
        this.maxRepos = maxRepos;
        this.threads = Executors.newFixedThreadPool(THREADS, this::thread);
    }

    void quotas(StageQuotas rules) {
        quotas = rules;
    }

    int repos() {
        return repos.get();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "penstock-stages-" + threadNumber.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    /** Runs a task; false after {@link #end}. */
    boolean run(Runnable task) {
        try {
            threads.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Finishes deletions, counts the repos, and answers those that were not closed drained. */
    List<RepoName> recover() throws IOException {
        wiring.directories().emptyTrash();
        List<RepoName> known = wiring.directories().known();
        repos.set(known.size());
        known.forEach(quotas::found);
        return known.stream().filter(repo -> !wiring.directories().isDrained(repo)).toList();
    }

    /**
     * Opens the stage's ring, making the repo where it may be made.
     *
     * @throws RefusedException when it may not
     */
    void open(Stage stage) throws IOException, RefusedException {
        RepoName repo = stage.repo();
        if (!wiring.directories().exists(repo)) {
            admitNew(repo);
        }
        Path directory = wiring.directories().prepare(repo);
        Ring ring = wiring.opener().open(directory);
        stage.attach(ring, new StageSignals(stage, wiring.listener()), wiring.nowMs().getAsLong());
    }

    private void admitNew(RepoName repo) throws RefusedException {
        if (!wiring.mayCreate().test(repo)) {
            throw new RefusedException(new Refusal.UnknownRepo("repo " + repo + " does not exist"));
        }
        if (repos.incrementAndGet() > maxRepos) {
            repos.decrementAndGet();
            throw new RefusedException(
                    new Refusal.UnknownRepo("no more repos may be created on this node"));
        }
        Refusal refusal = quotas.create(repo);
        if (refusal != null) {
            repos.decrementAndGet();
            throw new RefusedException(refusal);
        }
        LOG.info("repo {} is created", repo);
    }

    /** Closes the stage's ring; answers whether nothing was staged in it. */
    boolean close(Stage stage) {
        try {
            boolean drained = stage.isAttached() && stage.drained();
            if (stage.isAttached()) {
                stage.ring().close();
                drained &= stage.drained();
            }
            if (drained && stage.state() == StageState.DRAINING) {
                wiring.directories().markDrained(stage.repo());
            }
            return drained;
        } catch (IOException | RuntimeException e) {
            LOG.error("repo {} did not close well", stage.repo(), e);
            return false;
        }
    }

    void delete(RepoName repo) throws IOException {
        if (wiring.directories().exists(repo)) {
            wiring.directories().delete(repo);
            repos.decrementAndGet();
            quotas.gone(repo);
        }
    }

    void end() {
        threads.shutdown();
    }
}
