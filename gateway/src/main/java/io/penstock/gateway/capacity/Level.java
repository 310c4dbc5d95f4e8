package io.penstock.gateway.capacity;

import io.penstock.gateway.history.Cell;
import io.penstock.gateway.history.LongGauge;
import java.util.List;

/**
 * How much of a resource is in use.
 *
 * <p>Threading: immutable.
 *
 * @param resource cpu, heap, disk, network or targets
 * @param unit of used and limit
 * @param limit what there is; 0 where it is not known
 * @param used mean of the last intervals
 * @param peak largest of the last day
 * @param peakMs when that was; 0 where nothing is known
 * @param helps whether another node would be of help
 * @param says where the limit comes from
 */
record Level(
        String resource,
        String unit,
        double limit,
        double used,
        double peak,
        long peakMs,
        boolean helps,
        String says) {

    /** A resource, before anybody looked how much of it is in use. */
    record Resource(
            String name, LongGauge gauge, String unit, double limit, boolean helps, String says) {}

    /**
     * The level of a resource.
     *
     * @param day intervals of the last day
     * @param last the last of them
     */
    static Level of(Resource resource, List<Cell> day, List<Cell> last) {
        double peak = 0;
        long peakMs = 0;
        for (Cell cell : day) {
            double value = resource.gauge().of(cell);
            if (value > peak) {
                peak = value;
                peakMs = cell.startMs();
            }
        }
        double used =
                last.stream()
                        .mapToDouble(resource.gauge()::of)
                        .filter(value -> !Double.isNaN(value))
                        .average()
                        .orElse(0);
        return new Level(
                resource.name(),
                resource.unit(),
                resource.limit(),
                used,
                peak,
                peakMs,
                resource.helps(),
                resource.says());
    }

    double ratio() {
        return limit <= 0 ? 0 : used / limit;
    }

    double peakRatio() {
        return limit <= 0 ? 0 : peak / limit;
    }
}
