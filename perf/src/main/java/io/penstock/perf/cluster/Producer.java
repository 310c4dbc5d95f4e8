package io.penstock.perf.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Pushes numbered records to one repo at one node, batch after batch, each under a sequence of its
 * own and again and again until it is acknowledged.
 *
 * <p>Threading: {@link #run} on a thread of its own; everything else on any thread.
 */
final class Producer implements Runnable {
    private static final int MOST_RECORDS = 20;
    private static final int MOST_FILL = 200;
    private static final int MOST_FAILURES = 100_000;

    /** Between two batches. */
    private static final long PACE_MS = 40;

    /** Before a batch is tried again. */
    private static final long PAUSE_MS = 50;

    private final int number;
    private final TrialNode node;
    private final String repo;
    private final String ack;
    private final long id;
    private final SplittableRandom random;
    private final PushSocket socket;
    private final List<Failure> failures = new ArrayList<>();
    private volatile boolean pushing = true;
    private volatile boolean givenUp;
    private final AtomicInteger offered = new AtomicInteger();
    private final AtomicInteger acknowledged = new AtomicInteger();
    private final AtomicLong again = new AtomicLong();

    /**
     * A push that was not acknowledged.
     *
     * @param ns when
     * @param refused whether the node answered; else the connection broke, or could not be made
     * @param what in words
     */
    record Failure(long ns, boolean refused, String what) {}

    /**
     * A producer that has pushed nothing yet.
     *
     * @param number of the producer, which its records carry
     */
    Producer(int number, TrialNode node, String repo, long seed) {
        this.number = number;
        this.node = node;
        this.repo = repo;
        this.ack = number % 2 == 0 ? "staged" : "synced";
        this.random = new SplittableRandom(seed + number);
        this.id = random.nextLong() | 1;
        this.socket = new PushSocket(node.place().host(), node.place().dataPort());
    }

    int number() {
        return number;
    }

    TrialNode node() {
        return node;
    }

    /** Its records with lower numbers than this are acknowledged, and no others. */
    int acknowledged() {
        return acknowledged.get();
    }

    /** Records that were pushed, acknowledged or not. */
    int offered() {
        return offered.get();
    }

    /** How often a batch was pushed again. */
    long again() {
        return again.get();
    }

    /** What failed, in order; the first hundred thousand. */
    List<Failure> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    /** Begins no further batch; the last one is pushed until it is acknowledged. */
    void finish() {
        pushing = false;
    }

    /** Ends even if the last batch is not acknowledged. */
    void giveUp() {
        pushing = false;
        givenUp = true;
    }

    @Override
    public void run() {
        try (socket) {
            for (long sequence = 1; pushing; sequence++) {
                int records = 1 + random.nextInt(MOST_RECORDS);
                byte[] request = request(sequence, batch(records));
                offered.addAndGet(records);
                while (!push(request)) {
                    again.incrementAndGet();
                    pause(PAUSE_MS);
                    if (givenUp) {
                        return;
                    }
                }
                acknowledged.addAndGet(records);
                pause(PACE_MS);
            }
        }
    }

    private String batch(int records) {
        int first = offered.get();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < records; i++) {
            lines.append("{\"p\":").append(number).append(",\"n\":").append(first + i);
            lines.append(",\"fill\":\"").append("x".repeat(random.nextInt(MOST_FILL)));
            lines.append("\"}\n");
        }
        return lines.toString();
    }

    private byte[] request(long sequence, String body) {
        String head =
                """
                POST /v1/repos/%s/batches HTTP/1.1\r
                Host: %s\r
                Content-Type: application/x-ndjson\r
                Penstock-Producer: %s\r
                Penstock-Sequence: %d\r
                Penstock-Ack: %s\r
                Content-Length: %d\r
                \r
                """;
        return (head.formatted(
                                repo,
                                node.place().host(),
                                Long.toHexString(id),
                                sequence,
                                ack,
                                body.length())
                        + body)
                .getBytes(StandardCharsets.UTF_8);
    }

    private boolean push(byte[] request) {
        boolean connected = socket.open();
        try {
            PushSocket.Answer answer = socket.push(request);
            if (answer.status() == 200) {
                return true;
            }
            failed(true, answer.status() + " " + answer.body());
        } catch (IOException broken) {
            failed(false, (connected ? "an open connection: " : "no connection: ") + broken);
        }
        return false;
    }

    private void failed(boolean refused, String what) {
        synchronized (failures) {
            if (failures.size() < MOST_FAILURES) {
                failures.add(new Failure(System.nanoTime(), refused, what));
            }
        }
    }

    private void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp();
        }
    }
}
