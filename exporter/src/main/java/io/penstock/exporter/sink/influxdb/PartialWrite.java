package io.penstock.exporter.sink.influxdb;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a refusal says about single points. The forms are those of InfluxDB ("Write data with the
 * InfluxDB API", status codes; {@code PartialWriteError} of its sources): {@code {"error": text}}
 * of version 1 and {@code {"code": word, "message": text}} of version 2, where the text is
 *
 * <pre>
 *   partial write: REASON dropped=N     the points of the request were written but for N, or but
 *                                       for those that REASON names
 *   unable to parse 'LINE': REASON      one line each; by itself, nothing was written
 * </pre>
 *
 * @param othersWritten whether the points that are not meant were written
 * @param dropped points that were dropped; 0 when the text does not say so
 * @param lines lines that could not be read
 */
record PartialWrite(boolean othersWritten, int dropped, Set<String> lines) {

    private static final Pattern DROPPED = Pattern.compile("dropped=(\\d{1,9})\\s*$");
    private static final String PARTIAL = "partial write";
    private static final String UNABLE = "unable to parse '";
    private static final String BEHIND = "': ";

    static PartialWrite of(Buffer body) {
        String text = text(body);
        Matcher dropped = DROPPED.matcher(text);
        return new PartialWrite(
                text.startsWith(PARTIAL),
                dropped.find() ? Integer.parseInt(dropped.group(1)) : 0,
                linesOf(text));
    }

    private static String text(Buffer body) {
        try {
            JsonObject json = body.toJsonObject();
            Object error = json.getValue("error", json.getValue("message"));
            return error instanceof String said ? said : json.encode();
        } catch (DecodeException | ClassCastException notAnObject) {
            return new String(body.getBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> linesOf(String text) {
        Set<String> lines = new HashSet<>();
        int at = text.indexOf(UNABLE);
        while (at >= 0) {
            int next = text.indexOf("\n" + UNABLE, at);
            String one = text.substring(at + UNABLE.length(), next < 0 ? text.length() : next);
            int end = one.lastIndexOf(BEHIND);
            if (end >= 0) {
                lines.add(one.substring(0, end));
            }
            at = next < 0 ? -1 : next + 1;
        }
        return lines;
    }
}
