package io.penstock.gateway.follow;

import io.penstock.client.Batch;
import io.penstock.client.PenstockClient;
import io.penstock.client.PushException;
import io.penstock.client.PushReceipt;
import io.penstock.client.Stamp;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows files until it is stopped: every whole line is pushed once.
 *
 * <p>Threading: {@link #run} confined to one thread; {@link #stop} and the counts any thread.
 */
public final class Follower {
    /** Between the oldest sequence without an answer and the newest; see {@link Stamp}. */
    private static final int MAX_SPREAD = 100;

    /** Acknowledgements alone are written to the checkpoint that often at the most. */
    private static final long SAVE_MS = 1_000;

    private final FollowSettings settings;
    private final PenstockClient client;
    private final BatchMaker maker;
    private final Consumer<String> notes;
    private final FollowCounts counts = new FollowCounts();
    private final LineCutter cutter;

    /** Answers, at most as many as batches are under way. */
    private final BlockingQueue<Settled> answers = new LinkedBlockingQueue<>();

    private volatile boolean stopped;
    private long producer;
    private long savedNs;
    private boolean dirty;

    /** A batch and why it failed, if it did. */
    private record Settled(Ticket ticket, @Nullable Throwable failure) {}

    /** A range as a batch. */
    private record Cut(Ticket ticket, Batch batch) {}

    /**
     * A follower.
     *
     * @param client one endpoint, a deadline that never comes; closed by who made it
     * @param notes hears what a person should know, a line each
     */
    public Follower(
            FollowSettings settings,
            PenstockClient client,
            BatchMaker maker,
            Consumer<String> notes) {
        this.settings = settings;
        this.client = client;
        this.maker = maker;
        this.notes = notes;
        this.cutter = new LineCutter(settings);
    }

    /** What was done so far. */
    public FollowCounts counts() {
        return counts;
    }

    /** Lets {@link #run} end: nothing more is read, and what is under way is waited for. */
    public void stop() {
        stopped = true;
    }

    /**
     * Follows.
     *
     * @param beat called about once per poll, for a display
     * @return whether everything that was sent is acknowledged
     * @throws FollowException when the checkpoint is of no use, or the gateway refuses a batch for
     *     good
     * @throws IOException when the checkpoint cannot be written
     */
    public boolean run(Runnable beat) throws IOException, FollowException, InterruptedException {
        try (Checkpoint checkpoint = Checkpoint.open(settings)) {
            Watcher watcher = new Watcher(checkpoint, settings, counts, notes);
            watcher.reopen();
            resend(checkpoint);
            try {
                follow(checkpoint, watcher, beat);
                boolean whole = drain(checkpoint);
                checkpoint.save();
                return whole;
            } finally {
                closeAll(checkpoint.files.values());
            }
        }
    }

    private static void closeAll(Collection<FollowedFile> files) throws IOException {
        for (FollowedFile file : files) {
            file.close();
        }
    }

    private void follow(Checkpoint checkpoint, Watcher watcher, Runnable beat)
            throws IOException, FollowException, InterruptedException {
        long lookedNs = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(settings.pollMs());
        while (!stopped) {
            long nowNs = System.nanoTime();
            if (nowNs - lookedNs >= TimeUnit.MILLISECONDS.toNanos(settings.pollMs())) {
                lookedNs = nowNs;
                dirty |= watcher.look(nowNs);
                beat.run();
            }
            settle(checkpoint, answers.poll());
            List<Cut> cuts = cut(checkpoint, watcher, nowNs);
            if (!cuts.isEmpty()) {
                save(checkpoint);
                cuts.forEach(this::send);
            } else {
                saveSometimes(checkpoint, nowNs);
                settle(checkpoint, answers.poll(settings.pollMs(), TimeUnit.MILLISECONDS));
            }
            show(checkpoint);
        }
    }

    /** Ranges of all files in turn, as many as may be under way. */
    private List<Cut> cut(Checkpoint checkpoint, Watcher watcher, long nowNs) {
        List<Cut> cuts = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (FollowedFile file : List.copyOf(checkpoint.files.values())) {
                if (!hasRoom(checkpoint)) {
                    return cuts;
                }
                if (file.isOpen() && !file.vanished) {
                    more |= cut(checkpoint, watcher, file, nowNs, cuts);
                }
            }
        }
        return cuts;
    }

    private boolean hasRoom(Checkpoint checkpoint) {
        return checkpoint.underWay.size() < settings.underWay()
                && (checkpoint.underWay.isEmpty()
                        || checkpoint.next - checkpoint.underWay.firstKey() < MAX_SPREAD);
    }

    private boolean cut(
            Checkpoint checkpoint, Watcher watcher, FollowedFile file, long nowNs, List<Cut> cuts) {
        try {
            long available = file.look(nowNs) - file.offset;
            if (available == 0 || (available < settings.limit().bytes() && !file.due)) {
                return false;
            }
            if (!file.isTheSame()) {
                watcher.truncated(file);
                dirty = true;
                return false;
            }
            if (watcher.isCopyAfterAll(file)) {
                return false;
            }
            Lines lines = cutter.next(file, nowNs);
            if (lines == null) {
                file.due = false;
                return false;
            }
            file.advance(lines.to());
            dirty = true;
            byte[] bytes = lines.bytes();
            if (bytes == null) {
                counts.longLines.increment();
                notes.accept(
                        "%s: a line of %d bytes at %d is too long and left out"
                                .formatted(file.path, lines.to() - lines.from(), lines.from()));
                return true;
            }
            Batch batch = maker.make(bytes, file.path.toString());
            if (batch != null) {
                Ticket ticket = new Ticket(checkpoint.next++, file, lines.from(), lines.to());
                checkpoint.underWay.put(ticket.sequence, ticket);
                cuts.add(new Cut(ticket, batch));
            }
            return true;
        } catch (IOException unreadable) {
            watcher.complain(file.path + ": " + Watcher.reason(unreadable));
            return false;
        }
    }

    private void send(Cut cut) {
        Ticket ticket = cut.ticket();
        CompletableFuture<PushReceipt> unused =
                client.send(
                                settings.repo().value(),
                                cut.batch(),
                                new Stamp(producer, ticket.sequence))
                        .whenComplete(
                                (receipt, failure) -> answers.add(new Settled(ticket, failure)));
    }

    /** What an earlier process had sent, or was about to: nobody knows, so it is sent again. */
    private void resend(Checkpoint checkpoint) throws IOException {
        producer = checkpoint.producer;
        savedNs = System.nanoTime();
        if (checkpoint.underWay.isEmpty()) {
            // the producer's id must stand on the disk before it is used
            checkpoint.save();
        }
        for (Ticket ticket : List.copyOf(checkpoint.tickets())) {
            Batch batch = readAgain(ticket);
            if (batch == null) {
                checkpoint.underWay.remove(ticket.sequence);
                dirty = true;
            } else {
                counts.resent.increment();
                send(new Cut(ticket, batch));
            }
        }
    }

    private @Nullable Batch readAgain(Ticket ticket) {
        FollowedFile file = ticket.file;
        int bytes = (int) (ticket.to - ticket.from);
        try {
            byte[] lines = file.isOpen() ? file.read(ticket.from, bytes) : new byte[0];
            if (lines.length == bytes) {
                return maker.make(lines, file.path.toString());
            }
        } catch (IOException unreadable) {
            notes.accept(file.path + ": " + Watcher.reason(unreadable));
        }
        notes.accept(
                "%s: bytes %d to %d were sent, perhaps in vain, and are gone; they cannot be sent again"
                        .formatted(file.path, ticket.from, ticket.to));
        counts.lostBytes.add(bytes);
        return null;
    }

    private void settle(Checkpoint checkpoint, @Nullable Settled first) throws FollowException {
        Settled settled = first;
        while (settled != null) {
            Throwable failure = settled.failure();
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null
                            ? failure.getCause()
                            : failure;
            if (cause != null && !isOver(cause)) {
                throw new FollowException(
                        "%s, bytes %d to %d: %s"
                                .formatted(
                                        settled.ticket().file.path,
                                        settled.ticket().from,
                                        settled.ticket().to,
                                        cause.getMessage()));
            }
            checkpoint.underWay.remove(settled.ticket().sequence);
            dirty = true;
            settled = answers.poll();
        }
    }

    /** Whether a batch that failed is done with. */
    private boolean isOver(Throwable cause) {
        boolean refused =
                cause instanceof PushException push
                        && push.reached()
                        && push.fate() == PushException.Fate.NOT_STAGED;
        if (refused && settings.skipRefused()) {
            counts.refusedBatches.increment();
            notes.accept("left out: " + cause.getMessage());
            return true;
        }
        return false;
    }

    /** Waits for what is under way, within the time for a stop. */
    private boolean drain(Checkpoint checkpoint) throws FollowException, InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.stopMs());
        while (!checkpoint.underWay.isEmpty()) {
            long leftNs = endNs - System.nanoTime();
            if (leftNs <= 0) {
                notes.accept(
                        checkpoint.underWay.size()
                                + " batches have no answer; the next start asks for them again");
                return false;
            }
            settle(checkpoint, answers.poll(leftNs, TimeUnit.NANOSECONDS));
        }
        show(checkpoint);
        return true;
    }

    private void saveSometimes(Checkpoint checkpoint, long nowNs) throws IOException {
        if (dirty && nowNs - savedNs >= TimeUnit.MILLISECONDS.toNanos(SAVE_MS)) {
            save(checkpoint);
        }
    }

    private void save(Checkpoint checkpoint) throws IOException {
        checkpoint.save();
        dirty = false;
        savedNs = System.nanoTime();
    }

    private void show(Checkpoint checkpoint) {
        int open = 0;
        long behind = 0;
        for (FollowedFile file : checkpoint.files.values()) {
            if (file.isOpen()) {
                open++;
                behind += Math.max(0, file.size - file.offset);
            }
        }
        counts.files = open;
        counts.behindBytes = behind;
        counts.underWay = checkpoint.underWay.size();
    }
}
