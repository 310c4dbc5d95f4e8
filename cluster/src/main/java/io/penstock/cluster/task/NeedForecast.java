package io.penstock.cluster.task;

/**
 * What a task will need until the next plans have had time to act.
 *
 * <p>Threading: called on the planner's thread, once a task and plan; a pure function.
 */
@FunctionalInterface
public interface NeedForecast {

    /** Nothing is known of the future: what a task needs now is what it will need. */
    NeedForecast LIVE = Task::need;

    /** The need to plan with. */
    Units of(Task task);
}
