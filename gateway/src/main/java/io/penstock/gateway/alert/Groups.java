package io.penstock.gateway.alert;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which alerts are told together, and when. Confined to the board. */
final class Groups {
    /** Most groups; what is in none of them is told with the others of its kind. */
    static final int MAX_GROUPS = 200;

    /** Most that are over and wait to be told so, in a group; of more the first are forgotten. */
    static final int MAX_RESOLVED = 200;

    private static final String REST = "others";

    private final AlertsConfig config;
    private final Map<String, Group> all = new LinkedHashMap<>();

    /** What is known of a group. */
    static final class Group {
        /** When it is told next; 0 while nothing is new. */
        long dueMs;

        /** When it was told last; 0 for never. */
        long lastMs;

        /** Over, told as firing, not told as over. */
        final List<Alert> resolved = new ArrayList<>();
    }

    Groups(AlertsConfig config) {
        this.config = config;
    }

    private String key(Alert alert) {
        String key = alert.group();
        return all.containsKey(key) || all.size() < MAX_GROUPS ? key : REST;
    }

    Group of(String key) {
        return all.computeIfAbsent(key, k -> new Group());
    }

    Map<String, Group> all() {
        return all;
    }

    /** Something new is in a group. */
    private void wake(Group group, long nowMs) {
        if (group.dueMs == 0) {
            long soonest = group.lastMs == 0 ? nowMs : group.lastMs + config.groupIntervalMs();
            group.dueMs = Math.max(nowMs + config.groupWaitMs(), soonest);
        }
    }

    /** It is over, and somebody was told that it fires. */
    void resolved(Alert alert, long nowMs) {
        if (!config.sendResolved()) {
            return;
        }
        Group group = of(key(alert));
        if (group.resolved.size() >= MAX_RESOLVED) {
            group.resolved.remove(0);
        }
        group.resolved.add(alert);
        wake(group, nowMs);
    }

    /** Somebody else told of it, at about this time. */
    void toldElsewhere(Alert alert) {
        Group group = of(key(alert));
        group.lastMs = Math.max(group.lastMs, alert.sinceMs());
    }

    /** Nobody took the notice of a group: it is tried again with the next one. */
    void lost(String key, long nowMs) {
        Group group = all.get(key);
        if (group != null) {
            group.dueMs = Math.max(nowMs + config.groupIntervalMs(), nowMs + 1);
        }
    }

    /**
     * What is to be told now.
     *
     * @param firing those that may be told of
     */
    List<Bundle> due(Collection<Alert> firing, long nowMs) {
        Map<String, List<Alert>> members = new LinkedHashMap<>();
        for (Alert alert : firing) {
            String key = key(alert);
            of(key);
            members.computeIfAbsent(key, k -> new ArrayList<>()).add(alert);
        }
        List<Bundle> due = new ArrayList<>();
        all.forEach(
                (key, group) -> {
                    List<Alert> here = members.getOrDefault(key, List.of());
                    if (here.stream().anyMatch(alert -> !alert.told())) {
                        wake(group, nowMs);
                    }
                    boolean isNew = group.dueMs != 0 && nowMs >= group.dueMs;
                    if (isNew || mayRepeat(group, here, nowMs)) {
                        tell(key, group, here, nowMs, due);
                    }
                });
        all.entrySet()
                .removeIf(
                        each -> isOver(each.getValue(), members.containsKey(each.getKey()), nowMs));
        return due;
    }

    private boolean mayRepeat(Group group, List<Alert> here, long nowMs) {
        if (group.lastMs == 0) { // told by the leader before: so long ago as is known
            group.lastMs = nowMs;
        }
        return config.repeatMs() > 0
                && !here.isEmpty()
                && group.dueMs == 0
                && nowMs - group.lastMs >= config.repeatMs();
    }

    private static void tell(
            String key, Group group, List<Alert> here, long nowMs, List<Bundle> due) {
        boolean isRepeat = group.resolved.isEmpty() && here.stream().allMatch(Alert::told);
        List<Alert> worstFirst =
                here.stream()
                        .sorted(
                                Comparator.comparing((Alert each) -> each.rule().severity())
                                        .reversed()
                                        .thenComparing(Alert::sinceMs))
                        .toList();
        if (!here.isEmpty() || !group.resolved.isEmpty()) {
            due.add(new Bundle(key, worstFirst, group.resolved, isRepeat));
            group.lastMs = nowMs;
        }
        group.resolved.clear();
        group.dueMs = 0;
    }

    /** Kept for a while, so that what comes back at once is not told at once. */
    private boolean isOver(Group group, boolean hasMembers, long nowMs) {
        return !hasMembers
                && group.resolved.isEmpty()
                && nowMs - group.lastMs >= config.groupIntervalMs();
    }
}
