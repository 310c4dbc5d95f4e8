package io.penstock.cluster.forecast;

import io.penstock.cluster.TaskKey;
import io.penstock.cluster.task.NeedForecast;
import io.penstock.cluster.task.Task;
import io.penstock.cluster.task.Units;
import java.util.Map;

/**
 * Forecast needs of tasks: what each needs now, and what is added to it by the rise of its export.
 *
 * <p>Threading: immutable.
 */
public final class ExportForecast implements NeedForecast {
    private final Map<TaskKey, Units> rise;

    /**
     * A forecast.
     *
     * @param rise what each task of an export will need more, under the key of the export's share
     *     0; exports that are not there stay as they are
     */
    public ExportForecast(Map<TaskKey, Units> rise) {
        this.rise = Map.copyOf(rise);
    }

    @Override
    public Units of(Task task) {
        if (rise.isEmpty()) {
            return task.need();
        }
        TaskKey key = task.key();
        Units more = rise.get(key.share() == 0 ? key : new TaskKey(key.repo(), key.export(), 0));
        return more == null ? task.need() : task.need().plus(more);
    }
}
