package io.penstock.gateway.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the body of a request, which is to be one JSON object; a key twice is an error. */
public final class JsonBody {
    /** A larger body is answered with 413. */
    public static final int MAX_BYTES = 256 << 10;

    private static final int TOO_LARGE = 413;
    private static final int BAD_REQUEST = 400;

    /** Like every other reader of JSON here; what is made of it is walked by recursion. */
    private static final int MAX_DEPTH = 100;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                    .build();

    private JsonBody() {}

    /**
     * Reads the body, and lets something be done with it; one that is too large or no JSON is
     * answered here. To be called in the turn of the event loop in which the request came.
     */
    public static Future<Answer> read(
            HttpServerRequest request, Function<Map<String, Object>, Future<Answer>> then) {
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        request.handler(
                chunk -> {
                    if (body.length() + chunk.length() > MAX_BYTES) {
                        whole.tryComplete(null);
                    } else {
                        body.appendBuffer(chunk);
                    }
                });
        request.exceptionHandler(whole::tryFail);
        request.endHandler(v -> whole.tryComplete(body));
        return whole.future().compose(read -> answer(request, read, then));
    }

    private static Future<Answer> answer(
            HttpServerRequest request,
            @Nullable Buffer body,
            Function<Map<String, Object>, Future<Answer>> then) {
        if (body == null) {
            request.response().putHeader("Connection", "close"); // the rest is not read
            return refused(TOO_LARGE, "the body has more than " + MAX_BYTES + " bytes");
        }
        Map<String, Object> parsed;
        try {
            parsed = parse(body.getBytes());
        } catch (JsonProcessingException malformed) {
            JsonLocation at = malformed.getLocation(); // a limit of Jackson's own has none
            String where =
                    at == null
                            ? ""
                            : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
            return refused(
                    BAD_REQUEST, "the body is no JSON: " + where + malformed.getOriginalMessage());
        } catch (IOException malformed) {
            return refused(BAD_REQUEST, "the body is no JSON: " + malformed.getMessage());
        }
        return then.apply(parsed);
    }

    private static Future<Answer> refused(int status, String message) {
        return Future.succeededFuture(Answer.error(status, message));
    }

    /**
     * A JSON object as maps, lists, texts, {@link Long}, {@link Double}, {@link Boolean} and null.
     *
     * @throws IOException when it is none
     */
    static Map<String, Object> parse(byte[] json) throws IOException {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("expected an object: {\"sink\": {...}}");
            }
            Map<String, Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the object");
            }
            return object;
        }
    }

    private static Map<String, Object> object(JsonParser parser) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            object.put(key, value(parser));
        }
        return object;
    }

    @SuppressWarnings("NullAway") // null stands for a null of the document
    private static Object value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_NUMBER_INT ->
                    parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                            ? parser.getText()
                            : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static List<Object> array(JsonParser parser) throws IOException {
        List<Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }
}
