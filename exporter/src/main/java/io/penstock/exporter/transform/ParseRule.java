package io.penstock.exporter.transform;

import io.penstock.exporter.accesslog.AccessLogFormat;
import io.penstock.exporter.expression.ValueKind;
import io.penstock.exporter.text.TextPattern;
import io.penstock.model.Setting;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys {@code exports[].transforms[].parse.*}: the text of a field becomes fields.
 *
 * <p>Threading: immutable.
 *
 * @param format what the text is
 * @param field where it stands
 * @param pattern for the format regex
 * @param onError what becomes of a record whose text is something else
 */
public record ParseRule(
        @Setting(
                        value = "none",
                        doc =
                                "What the text is: combined or common (a line of an access log), json (an"
                                        + " object, whose members become fields) or regex (see pattern).")
                Format format,
        @Setting(value = "message", doc = "Field that holds the text. It stays.") String field,
        @Setting(
                        value = "''",
                        doc =
                                "For the format regex: what its named groups, (?<name>...), find become"
                                        + " fields of these names.")
                String pattern,
        @Setting(
                        value = "keep",
                        doc =
                                "A record whose text is something else: keep (with the reason in the"
                                        + " field parse_error), drop or dead_letter.")
                OnError onError) {

    /** What a text may be. */
    public enum Format {
        /** Nothing is parsed. */
        NONE,
        /** A line of the combined access log. */
        COMBINED,
        /** A line of the common access log. */
        COMMON,
        /** A JSON object. */
        JSON,
        /** What a regular expression says. */
        REGEX
    }

    /** Field that says why a record was kept unparsed. */
    static final String ERROR_FIELD = "parse_error";

    /** Checks that a pattern with groups is there exactly where one is needed. */
    public ParseRule {
        FieldNames.check("field", List.of(field));
        if (format != Format.REGEX && !pattern.isEmpty()) {
            throw new IllegalArgumentException("pattern is for the format regex only");
        }
        if (format == Format.REGEX && Patterns.check("pattern", pattern).names().isEmpty()) {
            throw new IllegalArgumentException(
                    "pattern: a regular expression with named groups, (?<name>...), is needed");
        }
    }

    boolean isStated() {
        return format != Format.NONE;
    }

    /** Parses the text of a slot, or says why it cannot. */
    @FunctionalInterface
    interface Parser {
        @Nullable String parse(Row row, int slot);
    }

    Step compile(Slots slots, Row shared) {
        int source = slots.pin(field);
        int error = slots.pin(ERROR_FIELD);
        Parser parser = parser(slots, shared);
        String missing = "no text in field " + field;
        return row -> {
            String fault = row.isText(source) ? parser.parse(row, source) : missing;
            return fault == null ? Verdict.PASS : failed(row, error, fault);
        };
    }

    private Verdict failed(Row row, int error, String fault) {
        return switch (onError) {
            case KEEP -> {
                byte[] utf8 = fault.getBytes(StandardCharsets.UTF_8);
                row.set(error, ValueKind.TEXT, utf8, 0, utf8.length);
                yield Verdict.PASS;
            }
            case DROP -> Verdict.DROP;
            case DEAD_LETTER -> {
                row.fault("parse: " + fault);
                yield Verdict.DEAD_LETTER;
            }
        };
    }

    private Parser parser(Slots slots, Row row) {
        return switch (format) {
            case COMBINED -> new AccessLogText(AccessLogFormat.COMBINED, slots, row);
            case COMMON -> new AccessLogText(AccessLogFormat.COMMON, slots, row);
            case JSON -> new JsonText(slots, row);
            case REGEX -> new RegexText(new TextPattern(pattern), slots);
            case NONE -> throw new IllegalStateException("nothing to parse");
        };
    }
}
