package io.penstock.gateway.alert;

import io.penstock.gateway.notify.Notice;
import io.penstock.gateway.notify.Tone;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A bundle in words. Threading: any thread. */
public final class Wording {
    /** Alerts that a notice names; of more it tells how many. */
    public static final int MAX_NAMED = 20;

    private static final long MINUTE_MS = 60_000;

    private final String node;
    private final String console;

    /**
     * Words of a node.
     *
     * @param console where one looks further, as a URL; empty for nowhere
     */
    public Wording(String node, String console) {
        this.node = node;
        this.console = console;
    }

    /** The notice of a bundle. */
    public Notice notice(Bundle bundle, long nowMs) {
        StringBuilder text = new StringBuilder();
        StringBuilder html = new StringBuilder("<div style=\"font:14px sans-serif\">");
        String subject = subject(bundle);
        html.append("<h2 style=\"font-size:16px\">").append(escaped(subject)).append("</h2>");
        section("Firing", bundle.firing(), nowMs, text, html);
        section("Resolved", bundle.resolved(), nowMs, text, html);
        if (!console.isEmpty()) {
            String at = console + "#/alerts";
            text.append("\nLook: ").append(at).append('\n');
            html.append("<p><a href=\"")
                    .append(escaped(at))
                    .append("\">Look at the console</a></p>");
        }
        html.append("</div>");
        return new Notice(subject, text.toString(), html.toString())
                .of("alert", tone(bundle))
                .with(data(bundle));
    }

    private static Tone tone(Bundle bundle) {
        if (bundle.firing().isEmpty()) {
            return Tone.GOOD;
        }
        return worst(bundle.firing()) == Severity.CRITICAL ? Tone.BAD : Tone.WARN;
    }

    private static Severity worst(List<Alert> alerts) {
        return alerts.stream()
                .map(alert -> alert.rule().severity())
                .max(Severity::compareTo)
                .orElse(Severity.WARNING);
    }

    private String subject(Bundle bundle) {
        List<Alert> about = bundle.firing().isEmpty() ? bundle.resolved() : bundle.firing();
        String how =
                bundle.firing().isEmpty()
                        ? "resolved"
                        : (bundle.isRepeat() ? "still " : "") + worst(about).word();
        String begin = "[" + how + "] " + node + ": ";
        if (about.size() == 1) {
            return begin + line(about.get(0));
        }
        Map<String, Long> counts =
                about.stream()
                        .collect(
                                Collectors.groupingBy(
                                        alert -> alert.reading().condition().word(),
                                        LinkedHashMap::new,
                                        Collectors.counting()));
        String kinds =
                counts.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "));
        String target = about.get(0).reading().target();
        return begin
                + about.size()
                + " alerts"
                + (target.isEmpty() ? "" : " at " + target)
                + " ("
                + kinds
                + ")";
    }

    private static String line(Alert alert) {
        Reading reading = alert.reading();
        String name = reading.condition().word() + " " + reading.subject();
        return reading.why().isEmpty() ? name : name + ": " + reading.why();
    }

    private static void section(
            String title, List<Alert> alerts, long nowMs, StringBuilder text, StringBuilder html) {
        if (alerts.isEmpty()) {
            return;
        }
        text.append(title).append(":\n");
        html.append("<h3 style=\"font-size:14px\">").append(title).append("</h3><ul>");
        for (Alert alert : alerts.stream().limit(MAX_NAMED).toList()) {
            String line = line(alert) + details(alert, nowMs);
            text.append("- ").append(line).append('\n');
            html.append("<li>").append(escaped(line)).append("</li>");
        }
        int more = alerts.size() - MAX_NAMED;
        if (more > 0) {
            text.append("- and ").append(more).append(" more\n");
            html.append("<li>and ").append(more).append(" more</li>");
        }
        html.append("</ul>");
    }

    private static String details(Alert alert, long nowMs) {
        Reading reading = alert.reading();
        String since =
                alert.state() == State.FIRING
                        ? ", for " + Math.max(0, nowMs - alert.sinceMs()) / MINUTE_MS + " min"
                        : "";
        return " ["
                + alert.rule().severity().word()
                + since
                + "; value "
                + Alert.amount(reading.value(), reading.condition())
                + ", threshold "
                + Alert.amount(alert.rule().threshold(), reading.condition())
                + "]";
    }

    private JsonObject data(Bundle bundle) {
        return new JsonObject()
                .put("node", node)
                .put("group", bundle.group())
                .put("repeat", bundle.isRepeat())
                .put("firing", named(bundle.firing()))
                .put("resolved", named(bundle.resolved()))
                .put("firing_count", bundle.firing().size())
                .put("resolved_count", bundle.resolved().size());
    }

    private static JsonArray named(List<Alert> alerts) {
        JsonArray all = new JsonArray();
        alerts.stream().limit(MAX_NAMED).forEach(alert -> all.add(alert.json()));
        return all;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
