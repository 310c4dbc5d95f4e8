package io.penstock.gateway.cli;

import io.penstock.gateway.config.Documents;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/**
 * {@code --output}, for every verb with a result: the one place where results take their form. A
 * result is a document, whose keys docs/cli.md lists, or a table made of it.
 */
public final class OutputOption {
    /** Forms of results. */
    enum Form {
        TABLE,
        JSON,
        YAML;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "table|json|yaml",
            defaultValue = "table",
            description = "Form of the result on standard output; default: ${DEFAULT-VALUE}.")
    private Form form = Form.TABLE;

    /** Whether it is for people: a verb may then print as it goes. */
    public boolean isTable() {
        return form == Form.TABLE;
    }

    /** Writes a result in the form that was asked for. */
    public void show(PrintWriter out, JsonObject result, Consumer<PrintWriter> table) {
        if (isTable()) {
            table.accept(out);
            out.flush();
        } else {
            write(out, result);
        }
    }

    /** Writes a result as a document. */
    public void write(PrintWriter out, JsonObject result) {
        if (form == Form.YAML) {
            // through text, so that what is inside is maps and lists
            out.print(Documents.write(new JsonObject(result.encode()).getMap()));
        } else {
            out.println(result.encodePrettily());
        }
        out.flush();
    }

    /** Writes one of a stream of results: a line of JSON, or a document of YAML. */
    public void append(PrintWriter out, JsonObject result) {
        if (form == Form.YAML) {
            out.println("---");
            write(out, result);
        } else {
            out.println(result.encode());
        }
    }
}
