package io.penstock.gateway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The description of the admin port, as OpenAPI 3.1: a resource, written by hand. */
public final class OpenApi {
    private static final String RESOURCE = "openapi.json";

    private OpenApi() {}

    /** The document. Blocks. */
    public static Answer document() throws IOException {
        try (InputStream resource = OpenApi.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IOException(RESOURCE + " is not in the jar");
            }
            return new Answer(
                    200,
                    "application/json",
                    new String(resource.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
