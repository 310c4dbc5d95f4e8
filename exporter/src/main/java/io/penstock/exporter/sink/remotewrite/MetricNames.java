package io.penstock.exporter.sink.remotewrite;

/**
 * Names as Prometheus has them ("Data model", metric names and labels): metrics {@code
 * [a-zA-Z_:][a-zA-Z0-9_:]*}, labels the same without colons. What is not allowed becomes an
 * underscore.
 *
 * <p>Threading: any thread.
 */
final class MetricNames {

    private MetricNames() {}

    static String metric(String name) {
        return notADigitFirst(name.replaceAll("[^a-zA-Z0-9_:]", "_"));
    }

    static String label(String name) {
        return notADigitFirst(name.replaceAll("[^a-zA-Z0-9_]", "_"));
    }

    private static String notADigitFirst(String name) {
        return name.isEmpty() || Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
