package io.penstock.cluster.plan;

import io.penstock.cluster.TaskKey;

/**
 * A task that runs nowhere.
 *
 * <p>Threading: immutable.
 *
 * @param task which
 * @param obstacle why
 */
public record Unplaced(TaskKey task, Obstacle obstacle) {}
