package io.penstock.exporter.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as Jackson reads it: maps, lists, texts, numbers, booleans, nulls. */
public final class JacksonTree {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JacksonTree() {}

    /** The one value of a text. */
    public static @Nullable Object read(String json) throws IOException {
        List<@Nullable Object> values = readAll(json);
        if (values.size() != 1) {
            throw new IOException(values.size() + " values");
        }
        return values.get(0);
    }

    /** All values of a text. */
    public static List<@Nullable Object> readAll(String json) throws IOException {
        List<@Nullable Object> values = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(new StringReader(json))) {
            while (parser.nextToken() != null) {
                values.add(value(parser));
            }
        }
        return values;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> parser.getNumberValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new IOException("token " + parser.currentToken());
        };
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            // as the decoder does: the first of several counts
            object.putIfAbsent(name, value == null ? Null.NULL : value);
        }
        object.replaceAll((name, value) -> value == Null.NULL ? null : value);
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private enum Null {
        NULL
    }
}
