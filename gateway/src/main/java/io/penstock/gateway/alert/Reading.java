package io.penstock.gateway.alert;

/**
 * A value at a moment.
 *
 * @param condition of what
 * @param subject whose
 * @param value in the unit of the condition
 * @param why in a sentence, for people; may be empty
 * @param target what it depends on, as the host of a sink: alerts of one target are told together;
 *     empty for nothing
 */
public record Reading(
        Condition condition, Subject subject, double value, String why, String target) {}
