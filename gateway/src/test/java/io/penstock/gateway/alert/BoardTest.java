package io.penstock.gateway.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.gateway.alert.Readings.Words;
import io.penstock.gateway.notify.Notice;
import io.penstock.gateway.notify.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told, and when, by a clock of its own. */
class BoardTest {
    private static final long BEGIN = 1_700_000_000_000L;
    private static final long HOUR_S = 3600;
    private static final String TARGET = "http 10.0.0.7:8080";

    private final Map<String, Double> blocked = new LinkedHashMap<>();
    private final Map<String, Double> lost = new LinkedHashMap<>();
    private Board board = new Board("n1", config());
    private String leader = "n1";
    private long nowMs = BEGIN;

    private static AlertsConfig config(RuleConfig... rules) {
        return new AlertsConfig(
                true, List.of(), 10_000, 60_000, 4 * HOUR_S * 1000, true, 0, List.of(rules));
    }

    private static RuleConfig rule(Condition condition, boolean enabled, String repos) {
        return new RuleConfig(condition, enabled, List.of(repos), List.of("*"), -1, -1, -1, -1, "");
    }

    /** So many seconds, and what is told in them. */
    private List<Bundle> pass(long seconds) {
        List<Bundle> told = new ArrayList<>();
        for (long i = 0; i < seconds; i++) {
            Readings readings = board.readings();
            readings.cover(Condition.EXPORT_BLOCKED);
            readings.cover(Condition.NODE_LOST);
            blocked.forEach(
                    (name, value) ->
                            readings.add(
                                    Condition.EXPORT_BLOCKED,
                                    new Subject(name.startsWith("b") ? "beta" : "web", name),
                                    value,
                                    new Words(() -> "refused", () -> TARGET)));
            lost.forEach(
                    (name, value) ->
                            readings.add(
                                    Condition.NODE_LOST,
                                    new Subject("", name),
                                    value,
                                    Words.of(() -> "gone")));
            told.addAll(board.hear(readings, leader, nowMs));
            nowMs += 1000;
        }
        return told;
    }

    private void block(int exports, double value) {
        for (int i = 0; i < exports; i++) {
            blocked.put("out" + i, value);
        }
    }

    @Test
    void fiftyExportsOfOneDeadTargetAreOneMessageAndOneMoreWhenTheyAreWell() {
        block(50, 1);
        assertThat(pass(300 + 10)).isEmpty();
        List<Bundle> told = pass(1);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).firing()).hasSize(50);
        Notice notice = new Wording("n1", "http://h/console/").notice(told.get(0), nowMs);
        assertThat(notice.subject())
                .isEqualTo("[critical] n1: 50 alerts at http 10.0.0.7:8080 (export_blocked 50)");
        assertThat(notice.text()).contains("and 30 more", "http://h/console/#/alerts");
        assertThat(notice.tone()).isEqualTo(Tone.BAD);
        assertThat(notice.data().getJsonArray("firing")).hasSize(Wording.MAX_NAMED);
        assertThat(pass(HOUR_S)).isEmpty();
        block(50, 0);
        List<Bundle> over = pass(60);
        assertThat(over).hasSize(1);
        assertThat(over.get(0).firing()).isEmpty();
        assertThat(over.get(0).resolved()).hasSize(50);
        assertThat(new Wording("n1", "").notice(over.get(0), nowMs).subject())
                .startsWith("[resolved] n1: 50 alerts");
    }

    @Test
    void theWorstOfAGroupIsNamedFirstThoughItIsNewer() {
        RuleConfig web = severe("web", "warning");
        board = new Board("n1", config(web, severe("beta", "critical")));
        block(2, 1);
        pass(5);
        blocked.put("b", 1.0);
        List<Bundle> told = pass(320);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).firing())
                .extracting(alert -> alert.reading().subject().name())
                .containsExactly("b", "out0", "out1");
    }

    private static RuleConfig severe(String repo, String severity) {
        return new RuleConfig(
                Condition.EXPORT_BLOCKED,
                true,
                List.of(repo),
                List.of("*"),
                -1,
                -1,
                -1,
                -1,
                severity);
    }

    @Test
    void whatJoinsAGroupIsToldAfterTheInterval() {
        block(1, 1);
        assertThat(pass(311)).hasSize(1);
        block(2, 1);
        blocked.put("out0", 1.0);
        assertThat(pass(300)).isEmpty();
        List<Bundle> told = pass(12);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).isRepeat()).isFalse();
        assertThat(told.get(0).firing()).hasSize(2);
    }

    @Test
    void whatGoesOnIsToldAgainAfterTheRepeatTime() {
        block(1, 1);
        assertThat(pass(311)).hasSize(1);
        assertThat(pass(4 * HOUR_S - 1)).isEmpty();
        List<Bundle> again = pass(1);
        assertThat(again).hasSize(1);
        assertThat(again.get(0).isRepeat()).isTrue();
        assertThat(new Wording("n1", "").notice(again.get(0), nowMs).subject())
                .startsWith("[still critical] n1: export_blocked web/out0: refused");
    }

    @Test
    void aSilenceKeepsItFromBeingToldUntilItsEnd() {
        Silence wanted = new Silence(0, "export_*", "web", "*", nowMs + HOUR_S * 1000, "known");
        Silence made = Objects.requireNonNull(board.silence(wanted));
        block(1, 1);
        assertThat(pass(HOUR_S)).isEmpty();
        assertThat(board.alerts()).hasSize(1);
        assertThat(board.silencing(board.alerts().get(0))).isEqualTo(made);
        List<Bundle> told = pass(12);
        assertThat(told).hasSize(1);
        assertThat(told.get(0).isRepeat()).isFalse();
        assertThat(board.silences()).isEmpty();
    }

    @Test
    void aSilenceOfOthersDoesNothingAndItsEndIsToldOnce() {
        board.silence(new Silence(0, "*", "beta", "*", nowMs + HOUR_S * 1000, ""));
        block(1, 1);
        blocked.put("b", 1.0);
        assertThat(pass(311)).singleElement().matches(bundle -> bundle.firing().size() == 1);
        board.silence(new Silence(0, "*", "*", "*", nowMs + HOUR_S * 1000, ""));
        block(1, 0);
        assertThat(pass(90)) // what was told is told to be over, silenced or not
                .singleElement()
                .matches(bundle -> bundle.resolved().size() == 1);
    }

    @Test
    void thereAreOnlySoManySilencesAndNoNumberIsUsedTwice() {
        for (int i = 0; i < Silences.MAX; i++) {
            assertThat(board.silence(new Silence(0, "*", "*", "*", nowMs + 1000, ""))).isNotNull();
        }
        Silence more = new Silence(0, "*", "*", "*", nowMs + 9000, "");
        assertThat(board.silence(more)).isNull();
        pass(2);
        assertThat(Objects.requireNonNull(board.silence(more)).id()).isEqualTo(Silences.MAX + 1);
        assertThat(board.unsilence(Silences.MAX + 1)).isTrue();
        assertThat(board.unsilence(Silences.MAX + 1)).isFalse();
    }

    private void restart() {
        Memory memory = board.memory();
        board = new Board("n1", config());
        board.restore(memory);
    }

    @Test
    void aRestartNeitherTellsAgainNorForgetsToTellThatItIsOver() {
        block(1, 1);
        assertThat(pass(311)).hasSize(1);
        restart();
        assertThat(pass(600)).isEmpty();
        assertThat(board.alerts()).singleElement().matches(Alert::told);
        blocked.clear(); // not there while the node opens its stages
        restart();
        assertThat(pass(60)).isEmpty();
        assertThat(board.alerts()).hasSize(1);
        block(1, 0);
        assertThat(pass(60)).singleElement().matches(bundle -> bundle.resolved().size() == 1);
        assertThat(board.history(9)).extracting(Event::what).containsExactly("resolved", "firing");
    }

    @Test
    void whatWasOverAndNotToldBeforeARestartIsToldAfterIt() {
        block(1, 1);
        pass(311);
        block(1, 0);
        assertThat(pass(35)).isEmpty(); // over, and its group waits
        assertThat(board.alerts()).isEmpty();
        restart();
        assertThat(pass(2)).singleElement().matches(bundle -> bundle.resolved().size() == 1);
    }

    @Test
    void whatIsNotThereAnyMoreIsOver() {
        block(1, 1);
        pass(311);
        blocked.clear();
        assertThat(pass(60))
                .singleElement()
                .matches(
                        bundle ->
                                bundle.resolved()
                                        .get(0)
                                        .reading()
                                        .why()
                                        .equals("it is not there any more"));
    }

    @Test
    void whatNoChannelTookIsToldAgain() {
        block(1, 1);
        Bundle told = pass(311).get(0);
        board.lost(told, nowMs);
        assertThat(pass(59)).isEmpty();
        assertThat(pass(2)).singleElement().matches(bundle -> !bundle.isRepeat());
        assertThat(pass(HOUR_S)).isEmpty();
    }

    @Test
    void aNewLeaderDoesNotTellWhatTheOneBeforeTold() {
        leader = "n3";
        lost.put("n2", 1.0);
        assertThat(pass(60)).isEmpty();
        assertThat(board.alerts()).isEmpty(); // not this node's to show
        assertThat(board.count(State.FIRING)).isZero();
        leader = "n1";
        assertThat(pass(HOUR_S)).isEmpty();
        assertThat(board.alerts()).hasSize(1);
        lost.put("n2", 0.0);
        assertThat(pass(120)).singleElement().matches(bundle -> bundle.resolved().size() == 1);
    }

    @Test
    void aNewLeaderTellsWhatBeganWhenNobodyLed() {
        leader = "n3";
        lost.put("n2", 1.0);
        assertThat(pass(10)).isEmpty();
        leader = "n1";
        assertThat(pass(20)).hasSize(1);
    }

    @Test
    void aLeaderThatDiesBeforeItTellsIsNotTakenToHaveTold() {
        leader = "n3";
        lost.put("n2", 1.0);
        pass(5 + 12); // fires, and the leader is dead by then
        leader = "";
        pass(20);
        leader = "n1";
        assertThat(pass(12)).hasSize(1);
    }

    @Test
    void theFirstRuleThatFitsHoldsAndOneMaySwitchOff() {
        board =
                new Board(
                        "n1",
                        config(
                                rule(Condition.EXPORT_BLOCKED, false, "beta*"),
                                new RuleConfig(
                                        Condition.EXPORT_BLOCKED,
                                        true,
                                        List.of("*"),
                                        List.of("out0"),
                                        -1,
                                        -1,
                                        5_000,
                                        -1,
                                        "warning")));
        block(2, 1);
        blocked.put("b", 1.0);
        pass(6);
        assertThat(board.alerts()).hasSize(2); // none of beta
        assertThat(board.alerts().get(0).state()).isEqualTo(State.FIRING);
        assertThat(board.alerts().get(0).rule().severity()).isEqualTo(Severity.WARNING);
        assertThat(board.alerts().get(1).state()).isEqualTo(State.PENDING);
    }

    @Test
    void rulesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(
                        () ->
                                new RuleConfig(
                                        Condition.LAG_AGE,
                                        true,
                                        List.of("*"),
                                        List.of("*"),
                                        10,
                                        20,
                                        -1,
                                        -1,
                                        ""))
                .hasMessageStartingWith("clear: ");
        RuleConfig half =
                new RuleConfig(
                        Condition.LAG_AGE,
                        true,
                        List.of("*"),
                        List.of("*"),
                        30,
                        -1,
                        -1,
                        -1,
                        "critical");
        assertThat(half.rule().clear()).isEqualTo(12); // 120 of 300, as usual
        assertThat(half.rule().holdMs()).isEqualTo(60_000);
    }

    @Test
    void thereIsABoundForEverything() {
        block(Board.MAX_ALERTS + 7, 1);
        pass(311);
        assertThat(board.alerts()).hasSize(Board.MAX_ALERTS);
        assertThat(board.leftOut()).isEqualTo(7);
        assertThat(board.history(9999)).hasSize(Board.MAX_HISTORY);
        assertThat(board.memory().firing()).hasSize(Board.MAX_ALERTS);
    }

    @Test
    void theDefaultsAreThoseOfTheSettings() {
        for (Condition condition : Condition.values()) {
            assertThat(condition.usualRule().condition()).isEqualTo(condition);
        }
        assertThat(AlertsConfig.defaults().fault(Set.of())).isEmpty();
        AlertsConfig named = new AlertsConfig(true, List.of("x"), 1, 1, 1, true, 0, List.of());
        assertThat(named.fault(Set.of("y"))).startsWith("channels: no channel 'x'");
    }
}
