package io.penstock.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Pushes to one repo for a program that reads an input and may wait: a batch is taken when there is
 * a place for it, and the first one that is given up ends the push.
 *
 * <p>Threading: {@link #push} and {@link #finish} confined to one thread.
 */
public final class Pusher {
    private final PenstockClient client;
    private final String repo;
    private final int places;
    private final Semaphore room;
    private final LongConsumer answeredNs;
    private volatile Consumer<PushReceipt> receipts = receipt -> {};
    private final AtomicReference<@Nullable PushException> failure = new AtomicReference<>();

    /** A pusher, with as many batches at once as the client has under way. */
    public Pusher(PenstockClient client, String repo) {
        this(client, repo, ns -> {});
    }

    /**
     * The same.
     *
     * @param answeredNs told how long each batch took, in nanoseconds, on a thread of the client
     */
    public Pusher(PenstockClient client, String repo, LongConsumer answeredNs) {
        this.client = client;
        this.repo = repo;
        this.places = client.settings().underWay();
        this.room = new Semaphore(places);
        this.answeredNs = answeredNs;
    }

    /** Tells the receipts of the batches pushed from now on, on threads of the client. */
    public Pusher onReceipt(Consumer<PushReceipt> listener) {
        receipts = listener;
        return this;
    }

    /**
     * Pushes a batch; waits while as many as allowed have no answer.
     *
     * @throws PushException when an earlier batch was given up
     */
    public void push(Batch batch) throws PushException, InterruptedException {
        room.acquire();
        throwFailure();
        long startNs = System.nanoTime();
        CompletableFuture<PushReceipt> unused =
                client.send(repo, batch)
                        .whenComplete((receipt, cause) -> answered(receipt, cause, startNs));
    }

    private void answered(@Nullable PushReceipt receipt, @Nullable Throwable cause, long startNs) {
        if (cause == null) {
            answeredNs.accept(System.nanoTime() - startNs);
            if (receipt != null) {
                receipts.accept(receipt);
            }
        } else {
            failure.compareAndSet(null, of(cause));
        }
        room.release();
    }

    private static PushException of(Throwable cause) {
        Throwable named = cause instanceof CompletionException ? cause.getCause() : cause;
        return named instanceof PushException known
                ? known
                : new PushException(String.valueOf(cause), PushException.Fate.UNKNOWN, true);
    }

    /**
     * Waits until everything is answered.
     *
     * @throws PushException when a batch was given up
     */
    public void finish() throws PushException, InterruptedException {
        room.acquire(places);
        room.release(places);
        throwFailure();
    }

    private void throwFailure() throws PushException {
        PushException cause = failure.get();
        if (cause != null) {
            throw cause.again();
        }
    }
}
