package io.penstock.cluster.store;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread for one directory, with a bounded queue before it. A hanging disk fills the queue;
 * what comes then is told so at once.
 *
 * <p>Threading: any thread.
 */
final class DiskThread implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DiskThread.class);

    static final int QUEUE_LENGTH = 16;
    private static final long CLOSE_SECONDS = 5;

    /** What runs on the thread. */
    interface Work<T> {
        T run() throws Exception;
    }

    private final String name;
    private final ThreadPoolExecutor executor;

    DiskThread(String name) {
        this.name = name;
        this.executor =
                new ThreadPoolExecutor(
                        1,
                        1,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(QUEUE_LENGTH),
                        runnable -> {
                            Thread thread = new Thread(runnable, name);
                            thread.setDaemon(true);
                            return thread;
                        });
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Runs something.
     *
     * @param failed what the answer is when it throws, cannot be queued, or the thread is closed
     */
    <T> CompletionStage<T> run(Work<T> work, Function<String, T> failed) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> answer.complete(outcome(work, failed)));
        } catch (RejectedExecutionException e) {
            String why = executor.isShutdown() ? " is closed" : ": its queue is full";
            answer.complete(failed.apply(name + why));
        }
        return answer;
    }

    private <T> T outcome(Work<T> work, Function<String, T> failed) {
        try {
            return work.run();
        } catch (Exception e) {
            LOG.warn("{} failed", name, e);
            return failed.apply(e.toString());
        }
    }

    /** Waits for what is queued, up to {@value #CLOSE_SECONDS} s. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("{} hangs; left behind", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
