package io.penstock.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OpenCallTest {
    private static final int ROUNDS = 5000;

    private final OpenCall.All all = new OpenCall.All();
    private final List<OpenCall> ticked = new ArrayList<>();

    private final class Call extends OpenCall {
        private boolean endsAtTick;

        @Override
        protected void tick(long nowMs) {
            ticked.add(this);
            if (endsAtTick) {
                all.remove(this);
            }
        }
    }

    @Test
    void ticksWhatIsOpenAndNothingElse() {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Set<Call> open = new LinkedHashSet<>();
        List<Call> ended = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            String what = "seed " + seed + ", round " + round;
            if (open.isEmpty() || (open.size() < 20 && random.nextBoolean())) {
                Call call = new Call();
                all.add(call);
                open.add(call);
            } else {
                Call call = List.copyOf(open).get(random.nextInt(open.size()));
                call.endsAtTick = random.nextBoolean();
                if (!call.endsAtTick) {
                    all.remove(call);
                    open.remove(call);
                    ended.add(call);
                }
            }
            ended.forEach(all::remove);

            ticked.clear();
            all.tick(round);

            assertThat(ticked).as(what).containsExactlyInAnyOrderElementsOf(open);
            open.removeIf(call -> call.endsAtTick);
            assertThat(all.size()).as(what).isEqualTo(open.size());
        }
    }
}
