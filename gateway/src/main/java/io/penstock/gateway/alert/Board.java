package io.penstock.gateway.alert;

import io.penstock.gateway.alert.Condition.About;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All alerts of a node: what is wrong now, what was lately, and what has to be told.
 *
 * <p>In a cluster every voter watches what the cluster is about, and only the leader tells of it.
 * What fires here for {@link #HANDOVER_MS} under one leader is taken as told by that one, so that a
 * new leader tells what began shortly before or during the fail-over, and nothing else.
 *
 * <p>Threading: any thread.
 */
public final class Board {
    /** Most alerts, pending ones included; what is beyond is counted and not watched. */
    public static final int MAX_ALERTS = 1000;

    /** Events that are kept; the oldest go. */
    public static final int MAX_HISTORY = 500;

    /** How long after a start nothing is taken for gone: its stages are opened one by one. */
    public static final long RESTART_MS = 120_000;

    /** What fires for so long while one other node leads was told by that one. */
    public static final long HANDOVER_MS = 15_000;

    private record Key(Condition condition, Subject subject) {}

    private final String node;
    private final Rulebook rules;
    private final Map<Key, Alert> alerts = new LinkedHashMap<>();
    private final Silences silences = new Silences();
    private final Groups groups;
    private final Deque<Event> history = new ArrayDeque<>();
    private long leftOut;
    private long changes;
    private long startedMs = Long.MIN_VALUE;
    private String leader = "";
    private long leaderSinceMs;

    /** A board on which nothing is wrong. */
    public Board(String node, AlertsConfig config) {
        this.node = node;
        this.rules = new Rulebook(config.rules());
        this.groups = new Groups(config);
    }

    /** Room for the readings of a moment. */
    public Readings readings() {
        return new Readings(rules, this::knows);
    }

    private synchronized boolean knows(Condition condition, Subject subject) {
        return !alerts.isEmpty() && alerts.containsKey(new Key(condition, subject));
    }

    /**
     * Takes the readings of a moment.
     *
     * @param leads the node that tells of what the cluster is about; empty for none. A node that is
     *     alone does so itself
     * @return what is to be told now
     */
    public synchronized List<Bundle> hear(Readings seen, String leads, long nowMs) {
        if (startedMs == Long.MIN_VALUE) {
            startedMs = nowMs;
        }
        if (!leads.equals(leader)) {
            leader = leads;
            leaderSinceMs = nowMs;
        }
        leftOut = 0;
        Set<Key> there = new HashSet<>();
        for (Reading reading : seen.all()) {
            Key key = new Key(reading.condition(), reading.subject());
            there.add(key);
            step(key, reading, nowMs);
        }
        forgetThoseGone(seen.covered(), there, nowMs);
        if (!leader.isEmpty() && !leader.equals(node)) {
            leaveToTheLeader(nowMs);
        }
        if (silences.expire(nowMs)) {
            changes++;
        }
        List<Bundle> due = groups.due(mayBeTold(), nowMs);
        due.forEach(this::markTold);
        return due;
    }

    private void step(Key key, Reading reading, long nowMs) {
        Alert before = alerts.get(key);
        Rule rule = rules.rule(key.condition, key.subject);
        if (rule == null) {
            if (before != null) {
                end(key, before, nowMs);
            }
            return;
        }
        if (before == null && alerts.size() >= MAX_ALERTS) {
            leftOut += rule.isBad(reading.value()) ? 1 : 0;
            return;
        }
        String id =
                before == null ? Alert.fingerprint(node, key.condition, key.subject) : before.id();
        Alert after = Steps.next(before, id, reading, rule, nowMs);
        if (after == null) {
            alerts.remove(key);
        } else if (after.state() == State.RESOLVED) {
            end(key, after, nowMs);
        } else {
            alerts.put(key, after);
            if (after.state() == State.FIRING
                    && (before == null || before.state() != State.FIRING)) {
                note(after, nowMs);
            }
        }
    }

    /** Something stops being an alert; one that fired is over. */
    private void end(Key key, Alert alert, long nowMs) {
        alerts.remove(key);
        if (alert.state() == State.PENDING) {
            return;
        }
        Alert over = alert.to(State.RESOLVED, nowMs, alert.reading());
        note(over, nowMs);
        if (over.told() && mayTell(over)) {
            groups.resolved(over, nowMs);
        }
    }

    private void note(Alert alert, long nowMs) {
        changes++;
        if (!mayTell(alert)) {
            return;
        }
        history.addFirst(Event.of(alert, nowMs));
        while (history.size() > MAX_HISTORY) {
            history.removeLast();
        }
    }

    /** An export that was deleted neither lags nor fails any more. */
    private void forgetThoseGone(Set<Condition> covered, Set<Key> there, long nowMs) {
        if (nowMs - startedMs < RESTART_MS && startedMs <= nowMs) {
            return;
        }
        for (Map.Entry<Key, Alert> each : List.copyOf(alerts.entrySet())) {
            Key key = each.getKey();
            if (covered.contains(key.condition) && !there.contains(key)) {
                Alert alert = each.getValue();
                Reading gone =
                        new Reading(
                                key.condition,
                                key.subject,
                                alert.reading().value(),
                                "it is not there any more",
                                alert.reading().target());
                end(key, alert.seen(gone, 0), nowMs);
            }
        }
    }

    private void leaveToTheLeader(long nowMs) {
        for (Map.Entry<Key, Alert> each : alerts.entrySet()) {
            Alert alert = each.getValue();
            if (!mayTell(alert)
                    && alert.state() == State.FIRING
                    && !alert.told()
                    && nowMs - Math.max(alert.sinceMs(), leaderSinceMs) >= HANDOVER_MS) {
                each.setValue(alert.told(true));
                groups.toldElsewhere(alert);
            }
        }
    }

    private boolean mayTell(Alert alert) {
        return leader.equals(node) || alert.reading().condition().about() != About.CLUSTER;
    }

    private Collection<Alert> mayBeTold() {
        if (alerts.isEmpty()) {
            return List.of();
        }
        return alerts.values().stream()
                .filter(alert -> alert.state() == State.FIRING)
                .filter(this::mayTell)
                .filter(alert -> silences.covering(alert) == null)
                .toList();
    }

    private void markTold(Bundle bundle) {
        changes++;
        for (Alert alert : bundle.firing()) {
            mark(alert, true);
        }
    }

    private void mark(Alert alert, boolean told) {
        Key key = new Key(alert.reading().condition(), alert.reading().subject());
        alerts.computeIfPresent(
                key, (k, now) -> now.id().equals(alert.id()) ? now.told(told) : now);
    }

    /** No channel took a bundle: what fires in it is told again, not sooner than usual. */
    public synchronized void lost(Bundle bundle, long nowMs) {
        changes++;
        bundle.firing().forEach(alert -> mark(alert, false));
        groups.lost(bundle.group(), nowMs);
    }

    /** Those that this node tells of, firing ones first, then by age. */
    public synchronized List<Alert> alerts() {
        return alerts.values().stream()
                .filter(this::mayTell)
                .sorted(
                        Comparator.comparing(Alert::state)
                                .reversed()
                                .thenComparing(Alert::sinceMs)
                                .thenComparing(Alert::id))
                .toList();
    }

    /** How many of those are in a state. */
    public synchronized long count(State state) {
        return alerts.values().stream()
                .filter(alert -> alert.state() == state && mayTell(alert))
                .count();
    }

    /** Things that are bad and not watched, since there are too many. */
    public synchronized long leftOut() {
        return leftOut;
    }

    /** What happened, newest first. */
    public synchronized List<Event> history(int most) {
        return history.stream().limit(most).toList();
    }

    /**
     * Keeps some from being told.
     *
     * @return the same with its number; null where there are as many silences as may be
     */
    public synchronized @Nullable Silence silence(Silence wanted) {
        changes++;
        return silences.add(wanted);
    }

    /** Ends a silence; false where there is none of that number. */
    public synchronized boolean unsilence(long id) {
        changes++;
        return silences.remove(id);
    }

    /** Those that have not ended. */
    public synchronized List<Silence> silences() {
        return silences.all();
    }

    /** The silence that keeps an alert from being told, if there is one. */
    public synchronized @Nullable Silence silencing(Alert alert) {
        return silences.covering(alert);
    }

    /** Grows with everything that is worth keeping. */
    public synchronized long changes() {
        return changes;
    }

    /** What a restart must not forget: what fires, silences, what was told when, events. */
    public synchronized Memory memory() {
        List<Memory.Told> told = new ArrayList<>();
        groups.all()
                .forEach(
                        (key, group) ->
                                told.add(
                                        new Memory.Told(
                                                key, group.lastMs, List.copyOf(group.resolved))));
        return new Memory(
                alerts.values().stream().filter(each -> each.state() == State.FIRING).toList(),
                silences.all(),
                silences.lastId(),
                told,
                List.copyOf(history));
    }

    /** Goes on from there; before the first {@link #hear}. */
    public synchronized void restore(Memory memory) {
        for (Alert alert : memory.firing()) {
            Key key = new Key(alert.reading().condition(), alert.reading().subject());
            Rule rule = rules.rule(key.condition, key.subject);
            if (rule != null && alerts.size() < MAX_ALERTS) {
                alerts.put(key, alert.under(rule));
            }
        }
        memory.silences().forEach(silences::restore);
        silences.lastId(memory.lastSilence());
        for (Memory.Told told : memory.told()) {
            Groups.Group group = groups.of(told.group());
            group.lastMs = told.lastMs();
            told.resolved().forEach(group.resolved::add);
            if (!group.resolved.isEmpty()) {
                group.dueMs = 1; // told at once
            }
        }
        memory.history().stream().limit(MAX_HISTORY).forEach(history::addLast);
    }
}
