package io.penstock.gateway.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Attacks of several kinds at once, again and again, and an honest client among them. Every
 * attacker comes again as soon as it is closed.
 */
public final class Siege {
    private static final String STREAM = "/penstock.ingest.v1.IngestService/PushStream";
    private static final byte[] CALL = Attacker.post(STREAM, "application/grpc");
    private static final byte[] REFUSED = Attacker.post("/x/y", "application/grpc");

    /**
     * Before an honest client gives up, after ten seconds: node, client and so many attackers share
     * two cores, in which a push took 4 to 7 s at the worst.
     */
    private static final long HONEST_MS = 9000;

    private final int port;
    private final int attackers;
    private final long endNs;
    private final AtomicLong rounds = new AtomicLong();

    /** A siege of a data port. */
    public Siege(int port, int attackers, long forMs) {
        this.port = port;
        this.attackers = attackers;
        this.endNs = System.nanoTime() + forMs * 1_000_000;
    }

    /** Sees it through; the honest client must not have been held up. */
    public void run() throws InterruptedException {
        try (Honest honest = new Honest(port, HONEST_MS)) {
            honest.awaitFirst();
            long before = honest.pushes();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < attackers; i++) {
                int kind = i;
                Thread thread = new Thread(() -> attack(kind), "attacker-" + i);
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(honest.pushes()).isGreaterThan(before);
        }
        assertThat(rounds.get()).as("rounds").isGreaterThan(attackers);
    }

    private void attack(int kind) {
        while (System.nanoTime() < endNs) {
            try (Attacker attacker = Attacker.http2(port)) {
                switch (kind % 5) {
                    case 0 -> fillWindows(attacker);
                    case 1 -> tinyFrames(attacker);
                    case 2 -> readNothing(attacker);
                    case 3 -> resets(attacker);
                    default -> bigHeads(attacker);
                }
                rounds.incrementAndGet();
            } catch (IOException closed) {
                rounds.incrementAndGet();
            }
            pause();
        }
    }

    private boolean goesOn(int i, int times) {
        return i < times && System.nanoTime() < endNs;
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /** Many messages begun and none ended. */
    private void fillWindows(Attacker attacker) {
        byte[] piece = new byte[16 << 10];
        byte[] prefix = {0, 0, 7, 0, 0};
        for (int i = 0; goesOn(i, 200); i++) {
            int stream = 2 * i + 1;
            boolean open =
                    attacker.trySend(Attacker.frame(1, Attacker.END_HEADERS, stream, CALL))
                            && attacker.trySend(Attacker.frame(0, 0, stream, prefix))
                            && attacker.trySend(
                                    Attacker.times(Attacker.frame(0, 0, stream, piece), 4));
            if (!open) {
                return;
            }
        }
    }

    private void tinyFrames(Attacker attacker) {
        attacker.trySend(Attacker.frame(1, Attacker.END_HEADERS, 1, CALL));
        attacker.trySend(Attacker.frame(0, 0, 1, new byte[] {0, 0, 7, 0, 0}));
        attacker.flood(Attacker.times(Attacker.frame(0, 0, 1, (byte) 1), 1000), 100);
    }

    private void readNothing(Attacker attacker) {
        boolean open = true;
        for (int i = 0; goesOn(i, 100_000) && open; i++) {
            open =
                    attacker.trySend(
                            Attacker.frame(1, Attacker.END_HEADERS | 1, 2 * i + 1, REFUSED));
        }
    }

    private void resets(Attacker attacker) {
        boolean open = true;
        for (int i = 0; goesOn(i, 1000) && open; i++) {
            attacker.trySend(Attacker.frame(1, Attacker.END_HEADERS, 2 * i + 1, CALL));
            open = attacker.trySend(Attacker.frame(3, 0, 2 * i + 1, new byte[] {0, 0, 0, 8}));
        }
    }

    private void bigHeads(Attacker attacker) {
        byte[] head = Attacker.post(STREAM + "x".repeat(12_000), "application/grpc");
        boolean open = true;
        for (int i = 0; goesOn(i, 256) && open; i++) {
            open = attacker.trySend(Attacker.frame(1, Attacker.END_HEADERS, 2 * i + 1, head));
        }
    }
}
