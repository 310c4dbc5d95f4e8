package io.penstock.gateway.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.pressure.DeliveryShare;
import io.penstock.exporter.ring.SlotWriter;
import io.penstock.exporter.stage.Intake;
import io.penstock.exporter.stage.Offer;
import io.penstock.exporter.stage.Refusal;
import io.penstock.exporter.stage.StagedShare;
import io.penstock.gateway.ingest.Fault;
import io.penstock.gateway.ingest.FaultKind;
import io.penstock.gateway.ingest.Quota;
import io.penstock.model.AckLevel;
import io.penstock.model.Receipt;
import io.penstock.model.RepoName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenancyTest {
    private static final RepoName WEB = new RepoName("acme-web");
    private static final RepoName APP = new RepoName("acme-app");
    private static final RepoName FOREIGN = new RepoName("zeta-web");

    private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 5);

    private Tenancy tenancy(TenantLimits limits, RepoLimits each) {
        return new Tenancy(
                new Tenants(
                        List.of(
                                new TenantRule("acme", List.of("acme-*"), 1, limits, each, true),
                                new TenantRule(
                                        "zeta",
                                        List.of("zeta-*"),
                                        3,
                                        TenantLimits.NONE,
                                        RepoLimits.NONE,
                                        false))),
                new SharingConfig(41),
                1_000,
                nowNs::get);
    }

    private static TenantLimits rates(long bytesPerS, long requestsPerS) {
        return new TenantLimits(bytesPerS, requestsPerS, 1_000, 0, 0, 0, 0, 0, 0);
    }

    private static Fault refused(Quota quota, long bytes) {
        return Objects.requireNonNull(quota.begin(bytes));
    }

    private static long count(Tenancy tenancy, RefusalCause cause) {
        return Objects.requireNonNull(tenancy.stats().get(0).refused().get(cause));
    }

    @Test
    void aRateIsOfAllReposOfTheTenantAndSaysWhenToComeBack() {
        Tenancy tenancy = tenancy(rates(1_000, 0), RepoLimits.NONE);
        assertThat(tenancy.of(WEB).begin(3_000)).isNull();

        Fault fault = refused(tenancy.of(APP), 1);
        assertThat(fault.kind()).isEqualTo(FaultKind.FULL);
        assertThat(fault.retryAfterMs()).isEqualTo(2_000);
        assertThat(fault.message()).contains("tenant acme", "bytes_per_s");
        assertThat(tenancy.of(FOREIGN).begin(1_000_000)).isNull();
        assertThat(count(tenancy, RefusalCause.BYTE_RATE)).isEqualTo(1);

        nowNs.addAndGet(2_000_000_000L);
        assertThat(tenancy.of(APP).begin(1)).isNull();
    }

    /** A batch of a source. */
    private static final class Pull implements Offer {
        private final RepoName repo;
        private final int bytes;
        private final List<Object> answers = new ArrayList<>();

        Pull(RepoName repo, int bytes) {
            this.repo = repo;
            this.bytes = bytes;
        }

        @Override
        public RepoName repo() {
            return repo;
        }

        @Override
        public AckLevel ack() {
            return AckLevel.STAGED;
        }

        @Override
        public boolean inOrder() {
            return true;
        }

        @Override
        public int bodyBytes() {
            return bytes;
        }

        @Override
        public int records() {
            return 1;
        }

        @Override
        public byte encoding() {
            return 1;
        }

        @Override
        public long producerId() {
            return 7;
        }

        @Override
        public long sequence() {
            return 9;
        }

        @Override
        public long arrivedMs() {
            return 0;
        }

        @Override
        public void writeBody(SlotWriter slot) {
            slot.put(new byte[bytes], 0, bytes);
        }

        @Override
        public void accepted(Receipt receipt) {
            answers.add(receipt);
        }

        @Override
        public void refused(Refusal why) {
            answers.add(why);
        }
    }

    @Test
    void whatASourceFetchesUsesUpTheSameRatesAndWaitsForThem() {
        Tenancy tenancy = tenancy(rates(10, 0), RepoLimits.NONE);
        List<Offer> staged = new ArrayList<>();
        Intake pulled = tenancy.pulled(staged::add);
        Pull first = new Pull(WEB, 30);
        pulled.offer(first);
        assertThat(staged).hasSize(1);
        assertThat(staged.get(0).bodyBytes()).isEqualTo(30);
        assertThat(staged.get(0).inOrder()).isTrue();
        assertThat(refused(tenancy.of(APP), 1).retryAfterMs()).isEqualTo(2_000);

        Pull second = new Pull(WEB, 2);
        pulled.offer(second);
        assertThat(staged).hasSize(1);
        assertThat(second.answers)
                .containsExactly(
                        new Refusal.Full(WEB, 2_000, "tenant acme has used up its bytes_per_s"));

        // what the stage has no room for is given back
        staged.get(0).refused(new Refusal.Full(WEB, 1, "no room"));
        assertThat(first.answers).hasSize(1);
        Pull third = new Pull(WEB, 2);
        pulled.offer(third);
        assertThat(staged).hasSize(2);
        assertThat(tenancy.stats().get(0).used().inFlight()).isEqualTo(1);
        staged.get(1).refused(new Refusal.Full(WEB, 1, "no room"));
        assertThat(tenancy.stats().get(0).used().inFlight()).isZero();
        assertThat(tenancy.stats().get(0).used().acceptedRequests()).isZero();
    }

    @Test
    void aRepoHasARateOfItsOwn() {
        Tenancy tenancy = tenancy(TenantLimits.NONE, new RepoLimits(0, 1, 0, 0));
        assertThat(tenancy.of(WEB).begin(1)).isNull();
        assertThat(tenancy.of(WEB).begin(1)).isNull();

        assertThat(refused(tenancy.of(WEB), 1).message()).contains("repo acme-web");
        assertThat(tenancy.of(APP).begin(1)).isNull();
    }

    @Test
    void bytesThatWereNotStagedAreGivenBackAndRequestsAreNot() {
        Tenancy tenancy = tenancy(rates(1_000, 2), RepoLimits.NONE);
        Quota quota = tenancy.of(WEB);
        for (int i = 0; i < 3; i++) {
            assertThat(quota.begin(5_000)).isNull();
            quota.end(false, 5_000);
        }
        assertThat(refused(quota, 1).message()).contains("requests_per_s");
        TenantStats stats = tenancy.stats().get(0);
        assertThat(stats.used().inFlight()).isZero();
        assertThat(stats.used().acceptedBytes()).isZero();
    }

    @Test
    void aBatchThatTurnsOutLargerIsPaidInFull() {
        Tenancy tenancy = tenancy(rates(1_000, 0), RepoLimits.NONE);
        Quota quota = tenancy.of(WEB);
        assertThat(quota.begin(10)).isNull();
        assertThat(quota.resize(10, 4_000)).isNull();

        assertThat(refused(quota, 1).retryAfterMs()).isEqualTo(3_000);
    }

    @Test
    void requestsInFlightAndBatchesAreBounded() {
        Tenancy tenancy =
                tenancy(
                        new TenantLimits(0, 0, 1_000, 2, 0, 0, 0, 500, 100),
                        new RepoLimits(0, 0, 1, 0));
        assertThat(tenancy.of(WEB).begin(1)).isNull();
        assertThat(refused(tenancy.of(WEB), 1).message()).contains("repo acme-web");
        assertThat(tenancy.of(APP).begin(1)).isNull();
        assertThat(refused(tenancy.of(new RepoName("acme-x")), 1).message()).contains("tenant");
        tenancy.of(WEB).end(true, 1);
        assertThat(tenancy.of(WEB).begin(1)).isNull();
        tenancy.of(WEB).end(true, 1);

        assertThat(refused(tenancy.of(WEB), 501).kind()).isEqualTo(FaultKind.TOO_LARGE);
        assertThat(tenancy.of(WEB).begin(500)).isNull();
        assertThat(Objects.requireNonNull(tenancy.of(WEB).resize(500, 501)).kind())
                .isEqualTo(FaultKind.TOO_LARGE);
        assertThat(tenancy.of(WEB).maxRecordBytes()).isEqualTo(100);
        assertThat(tenancy.of(FOREIGN).maxRecordBytes()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void reposAreCountedWhenFoundMadeAndDeleted() {
        Tenancy tenancy = tenancy(new TenantLimits(0, 0, 1_000, 0, 0, 0, 2, 0, 0), RepoLimits.NONE);
        tenancy.found(WEB);
        assertThat(tenancy.create(APP)).isNull();
        assertThat(Objects.requireNonNull(tenancy.create(new RepoName("acme-x"))).message())
                .contains("tenant acme has 2 repos");
        tenancy.gone(WEB);
        assertThat(tenancy.create(new RepoName("acme-x"))).isNull();
        assertThat(tenancy.creation(false).test(WEB)).isTrue();
        assertThat(tenancy.creation(true).test(FOREIGN)).as("auto_create: false").isFalse();
        assertThat(tenancy.creation(true).test(new RepoName("web"))).isTrue();
    }

    @Test
    void stagedBytesHaveALimitAndAShare() {
        Tenancy tenancy =
                tenancy(
                        new TenantLimits(0, 0, 1_000, 0, 0, 700, 0, 0, 0),
                        new RepoLimits(0, 0, 0, 600));
        StagedShare acme = tenancy.share(WEB);
        acme.add(590);
        assertThat(acme.fault(20, 590, 610, 10_000)).contains("the repo", "600");
        assertThat(acme.fault(120, 0, 710, 10_000)).contains("tenant acme", "700");
        assertThat(acme.fault(100, 0, 690, 10_000)).isEmpty();
        assertThat(acme.fault(100, 0, 690, 700)).as("8 times the 10 left").contains("share");
        StagedShare zeta = tenancy.share(FOREIGN);
        assertThat(zeta.fault(100, 0, 690, 700)).as("3 * 8 times the 10 left").isEmpty();
    }

    /** 41 places: a weight of 1 and one of 3 end at about a quarter and three quarters. */
    @Test
    void deliveriesAreDividedByWeight() {
        Tenancy tenancy = tenancy(TenantLimits.NONE, RepoLimits.NONE);
        DeliveryShare acme = tenancy.deliveries(WEB);
        DeliveryShare zeta = tenancy.deliveries(FOREIGN);
        SplittableRandom random = new SplittableRandom(7);
        for (int turn = 0; turn < 20_000; turn++) {
            boolean first = random.nextBoolean();
            DeliveryShare each = first ? acme : zeta;
            int has = tenancy.stats().get(first ? 0 : 1).used().deliveries();
            if (random.nextInt(3) > 0 && each.mayStart()) {
                each.started();
            } else if (has > 0 && random.nextInt(3) == 0) {
                each.ended(1);
            }
        }
        int ofAcme = tenancy.stats().get(0).used().deliveries();
        int ofZeta = tenancy.stats().get(1).used().deliveries();
        assertThat(ofAcme + ofZeta).isBetween(36, 41);
        assertThat(ofAcme).isBetween(8, 12);
        assertThat(ofZeta).isBetween(26, 31);
        assertThat(tenancy.deliveries(new RepoName("web")).mayStart())
                .as("one may always start")
                .isTrue();
        acme.ended(ofAcme);
        zeta.ended(ofZeta);
        assertThat(tenancy.stats().get(0).used().deliveries()).isZero();
    }

    @Test
    void openRingsAreDividedToo() {
        Tenancy tenancy = tenancy(TenantLimits.NONE, RepoLimits.NONE);
        List<RepoName> open = new ArrayList<>();
        int mine = 0;
        while (mine < 20) {
            RepoName next = new RepoName("acme-" + mine);
            open.add(next);
            if (!tenancy.open(next, open, 20).isEmpty()) {
                break;
            }
            mine++;
        }
        assertThat(mine).as("8/9 of 20").isEqualTo(17);
        open.remove(open.size() - 1);
        open.add(FOREIGN);
        assertThat(tenancy.open(FOREIGN, open, 20)).isEmpty();
    }

    @Test
    void accountsOfReposThatNobodyPushesToAreLetGo() {
        Tenancy tenancy = tenancy(TenantLimits.NONE, new RepoLimits(0, 100, 0, 0));
        Quota busy = tenancy.of(WEB);
        assertThat(busy.begin(1)).isNull();
        for (int i = 0; i < 10 * Tenancy.FIRST_SWEEP; i++) {
            Quota quota = tenancy.of(new RepoName("acme-" + i));
            assertThat(quota.begin(1)).isNull();
            quota.end(true, 1);
            nowNs.addAndGet(1_000_000_000L);
        }
        assertThat(tenancy.accountsOfRepos()).isLessThanOrEqualTo(Tenancy.FIRST_SWEEP);
        assertThat(busy.retired()).as("a request of it is in flight").isFalse();
        assertThat(tenancy.of(WEB)).isSameAs(busy);
    }
}
