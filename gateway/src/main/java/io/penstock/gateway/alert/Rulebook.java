package io.penstock.gateway.alert;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rule holds for what. Threading: immutable. */
final class Rulebook {
    private record Scoped(RuleConfig config, Rule rule) {}

    private final Map<Condition, List<Scoped>> rules = new EnumMap<>(Condition.class);
    private final Map<Condition, Rule> usual = new EnumMap<>(Condition.class);

    Rulebook(List<RuleConfig> configured) {
        for (Condition condition : Condition.values()) {
            usual.put(condition, condition.usualRule());
            rules.put(condition, new ArrayList<>());
        }
        for (RuleConfig config : configured) {
            of(config.condition()).add(new Scoped(config, config.rule()));
        }
    }

    private List<Scoped> of(Condition condition) {
        return rules.getOrDefault(condition, List.of());
    }

    /** Null where it is switched off. */
    @Nullable Rule rule(Condition condition, Subject subject) {
        for (Scoped scoped : of(condition)) {
            if (scoped.config.fits(subject)) {
                return scoped.config.enabled() ? scoped.rule : null;
            }
        }
        return usual.get(condition);
    }

    /** Whether a value is bad by any rule; almost none is, and most end here. */
    boolean mayBeBad(Condition condition, double value) {
        Rule assumed = usual.get(condition);
        if (assumed != null && assumed.isBad(value)) {
            return true;
        }
        for (Scoped scoped : of(condition)) {
            if (scoped.config.enabled() && scoped.rule.isBad(value)) {
                return true;
            }
        }
        return false;
    }
}
