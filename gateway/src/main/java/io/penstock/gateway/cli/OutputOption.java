package io.penstock.gateway.cli;

import picocli.CommandLine.Option;

/** {@code --output}, for every verb with a result. */
public final class OutputOption {
    /** Forms of results. */
    enum Form {
        TEXT,
        JSON
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            description = "Form of the result on standard output; default: ${DEFAULT-VALUE}.")
    private Form form = Form.TEXT;

    /** Whether JSON is wanted. */
    public boolean isJson() {
        return form == Form.JSON;
    }
}
