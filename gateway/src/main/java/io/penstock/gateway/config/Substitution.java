package io.penstock.gateway.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces {@code ${NAME}}, {@code ${NAME:-default}} and {@code ${file:/path}} in texts; a second
 * dollar sign before the brace makes it stand for itself. What is put in is not looked at again.
 */
final class Substitution {
    /** A secret, not a document. */
    private static final long MAX_FILE_BYTES = 64 << 10;

    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\$\\{|\\$\\{(file:)?([^}]*)}|\\$\\{");

    private final Function<String, @Nullable String> environment;

    Substitution(Function<String, @Nullable String> environment) {
        this.environment = environment;
    }

    /**
     * The text with everything replaced.
     *
     * @throws IllegalArgumentException with what is missing
     */
    String apply(String text) {
        if (!text.contains("${")) {
            return text;
        }
        StringBuilder replaced = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            matcher.appendReplacement(replaced, Matcher.quoteReplacement(value(matcher)));
        }
        return matcher.appendTail(replaced).toString();
    }

    private String value(Matcher matcher) {
        if (matcher.group().equals("$${")) {
            return "${";
        }
        String inside = matcher.group(2);
        if (inside == null) {
            throw new IllegalArgumentException("'${' without a closing '}'; write $${ for itself");
        }
        return matcher.group(1) != null ? fileContent(inside) : variable(inside);
    }

    private String variable(String inside) {
        int fallback = inside.indexOf(":-");
        String name = fallback < 0 ? inside : inside.substring(0, fallback);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("'${" + inside + "}' names no variable");
        }
        String value = environment.apply(name);
        if (value != null && !(fallback >= 0 && value.isEmpty())) {
            return value;
        }
        if (fallback < 0) {
            throw new IllegalArgumentException(
                    "environment variable "
                            + name
                            + " is not set; set it or write ${"
                            + name
                            + ":-default}");
        }
        return inside.substring(fallback + 2);
    }

    /** Without the line end that editors leave. */
    private static String fileContent(String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new IllegalArgumentException(
                        "file " + name + " is larger than " + MAX_FILE_BYTES + " bytes");
            }
            return Files.readString(file).stripTrailing();
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(
                    "cannot read file " + name + ": " + Unreadable.reason(unreadable), unreadable);
        }
    }
}
