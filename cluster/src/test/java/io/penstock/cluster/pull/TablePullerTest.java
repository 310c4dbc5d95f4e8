package io.penstock.cluster.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.cluster.Version;
import io.penstock.cluster.assignment.AssignmentTable;
import io.penstock.cluster.assignment.Tables;
import io.penstock.cluster.pull.World.Mode;
import io.penstock.cluster.store.Answer;
import org.junit.jupiter.api.Test;

class TablePullerTest {

    private static final long MINUTE_MS = 60_000;

    private final World world = new World(PullConfig.standard(), 1);

    @Test
    void aNodeThatStartsWhileEverythingIsDownHasItsLastTable() {
        world.put(Level.DISK, 3, 7);
        world.place(Level.SHARED).mode = Mode.SILENT;
        world.place(Level.STORE).mode = Mode.DOWN;

        world.run(MINUTE_MS);

        assertThat(world.held()).isEqualTo(new Version(3, 7));
        assertThat(world.puller.held().from()).isEqualTo(Level.DISK);
        assertThat(world.puller.held().confirmed()).isFalse();
    }

    @Test
    void aSharedMapThatServesIsAllThatIsAsked() {
        world.put(Level.SHARED, 3, 7);
        world.put(Level.STORE, 3, 7);

        world.run(1_000);
        assertThat(world.held()).isEqualTo(new Version(3, 7));
        assertThat(world.puller.held().confirmed()).isTrue();
        assertThat(world.puller.sharedServes()).isTrue();
        assertThat(world.storeReadsNs).isEmpty();

        world.run(24 * 60 * MINUTE_MS);
        assertThat(world.storeReadsNs.size() / (24 * 60.0)).isBetween(0.15, 0.3);
        assertThat(world.puller.reads(Level.SHARED) / (24 * 60.0)).isBetween(11.0, 13.0);
        assertThat(world.puller.reads(Level.DISK)).isEqualTo(1);
    }

    @Test
    void confirmationIsAsOldAsTheReadAndTheLevelsOwn() {
        world.put(Level.SHARED, 3, 7);
        world.place(Level.SHARED).latencyMs = 400;
        long startNs = world.nowNs;

        world.run(500);
        assertThat(world.puller.held().confirmedNs()).isEqualTo(startNs);

        TablePuller puller = new TablePuller(PullConfig.standard(), 1, 0);
        long first = read(puller.tick(0), Level.SHARED);
        puller.answered(Level.SHARED, first, new Answer.Down("not yet"), 1);
        long later = 60_000 * World.MS_NS;
        long id = read(puller.tick(later), Level.SHARED);
        puller.answered(Level.SHARED, id, new Answer.Found(Tables.of(1, 1), 1_000), later + 5);
        assertThat(puller.held().confirmedNs()).isEqualTo(later - 1_000);
    }

    @Test
    void anEmptyMapIsFilledFromTheStore() {
        world.put(Level.STORE, 3, 7);

        world.run(20_000);

        assertThat(world.held()).isEqualTo(new Version(3, 7));
        assertThat(world.place(Level.SHARED).table).isEqualTo(Tables.of(3, 7));
        assertThat(world.storeReadsNs).hasSize(1);
    }

    @Test
    void whatOnlyTheDiskKnowsIsNotSpread() {
        world.put(Level.DISK, 30, 7);
        world.put(Level.STORE, 3, 7);

        world.run(10 * MINUTE_MS);

        assertThat(world.fills).isEmpty();
    }

    @Test
    void aMapThatStandsStillIsFoundOut() {
        world.put(Level.SHARED, 3, 7);
        world.put(Level.STORE, 3, 8);

        world.run(world.config.storeBoundNs(true) / World.MS_NS);

        assertThat(world.held()).isEqualTo(new Version(3, 8));
    }

    @Test
    void aHintBringsTheNewTableAtOnce() {
        world.put(Level.SHARED, 3, 7);
        world.run(7_777);
        world.put(Level.SHARED, 3, 8);

        world.hint(3, 8);
        world.run(260);

        assertThat(world.held()).isEqualTo(new Version(3, 8));
        assertThat(world.storeReadsNs).isEmpty();
    }

    @Test
    void aHintThatTheMapCannotServeGoesToTheStore() {
        world.put(Level.SHARED, 3, 7);
        world.run(7_777);
        world.put(Level.STORE, 3, 8);

        world.hint(3, 8);
        world.run(1_000);

        assertThat(world.held()).isEqualTo(new Version(3, 8));
        assertThat(world.storeReadsNs).hasSize(1);
    }

    @Test
    void aHintOfWhatIsThereAlreadyCostsNothing() {
        world.put(Level.SHARED, 3, 7);
        world.run(1_000);
        long before = world.puller.reads(Level.SHARED);

        for (int i = 0; i < 100; i++) {
            world.hint(3, 7);
            world.hint(2, 900);
        }

        assertThat(world.puller.reads(Level.SHARED)).isEqualTo(before);
    }

    @Test
    void aFloodOfHintsIsHeldBack() {
        world.put(Level.SHARED, 3, 7);
        world.put(Level.STORE, 3, 7);
        world.run(1_000);
        long before = world.puller.reads(Level.SHARED);

        for (int i = 0; i < 6_000; i++) {
            world.hint(9, i);
            world.run(10);
        }

        assertThat(world.puller.reads(Level.SHARED) - before).isLessThanOrEqualTo(4 * 60 + 1);
        assertThat(world.mostStoreReadsInAMinute()).isLessThanOrEqualTo(6);
    }

    @Test
    void aHintThatNobodyCanServeIsFollowedMoreAndMoreSeldom() {
        world.put(Level.SHARED, 3, 7);
        world.put(Level.STORE, 3, 7);
        world.run(1_000);
        world.hint(99, 0);
        world.run(10 * MINUTE_MS);

        long shared = world.puller.reads(Level.SHARED);
        long store = world.puller.reads(Level.STORE);
        world.run(10 * MINUTE_MS);

        assertThat(world.puller.reads(Level.SHARED) - shared).isLessThan(130);
        assertThat(world.puller.reads(Level.STORE) - store).isLessThan(6);
    }

    @Test
    void anOlderAnswerThatComesLateChangesNothing() {
        TablePuller puller = new TablePuller(PullConfig.standard(), 1, 0);
        var steps = puller.tick(0);
        long disk = read(steps, Level.DISK);
        long shared = read(steps, Level.SHARED);
        AssignmentTable newer = Tables.of(2, 1);

        puller.answered(Level.SHARED, shared, new Answer.Found(newer, 0), 1);
        var late = puller.answered(Level.DISK, disk, new Answer.Found(Tables.of(1, 9), 0), 2);

        assertThat(late).isEmpty();
        assertThat(puller.held().table()).isEqualTo(newer);
        assertThat(puller.held().from()).isEqualTo(Level.SHARED);
    }

    @Test
    void aSlowMapDoesNotKeepTheStoreWaiting() {
        world.put(Level.STORE, 3, 7);
        world.place(Level.SHARED).mode = Mode.SILENT;

        world.run(1_100);

        assertThat(world.held()).isEqualTo(new Version(3, 7));
    }

    @Test
    void aStoreOfTheFutureIsLeftAloneMoreAndMore() {
        TablePuller puller = new TablePuller(PullConfig.standard(), 1, 0);
        long reads = 0;
        for (long ms = 0; ms < 60 * MINUTE_MS; ms += 10) {
            long now = ms * World.MS_NS;
            for (Step step : puller.tick(now)) {
                if (step instanceof Step.Read read) {
                    reads += read.level() == Level.STORE ? 1 : 0;
                    puller.answered(read.level(), read.id(), new Answer.Refused("newer"), now + 1);
                }
            }
        }
        assertThat(reads / 60.0).isLessThan(2.6);
    }

    private static long read(Iterable<Step> steps, Level level) {
        for (Step step : steps) {
            if (step instanceof Step.Read read && read.level() == level) {
                return read.id();
            }
        }
        throw new AssertionError("no read of " + level);
    }
}
