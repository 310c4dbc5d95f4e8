package io.penstock.gateway.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The reference of docs/cli.md, made of the command tree. */
final class CliReference {
    static final String BEGIN = "<!-- begin: CliPageTest writes this -->\n";
    static final String END = "<!-- end -->";

    /** Options that many verbs have, told once; by the class that declares them. */
    private static final Map<String, String> SHARED =
            Map.of(
                    "NodeOption", "which node",
                    "ConfigOption", "configuration",
                    "KeyOption", "key",
                    "TlsOption", "TLS",
                    "OutputOption", "output");

    private static final List<String> SHARED_ORDER =
            List.of("which node", "configuration", "key", "TLS", "output");

    private CliReference() {}

    static String of(Map<String, CommandLine> verbs) {
        Map<String, Map<String, String>> shared = new LinkedHashMap<>();
        StringBuilder own = new StringBuilder();
        verbs.values().forEach(verb -> own.append(section(verb.getCommandSpec(), shared)));
        StringBuilder text = new StringBuilder("\n### Options of many verbs\n");
        for (String group : SHARED_ORDER) {
            text.append("\n**").append(group).append("**\n\n| option | |\n|---|---|\n");
            shared.getOrDefault(group, Map.of()).values().forEach(text::append);
        }
        return text.append(own).append("\n").toString();
    }

    private static String section(CommandSpec verb, Map<String, Map<String, String>> shared) {
        StringBuilder text = new StringBuilder("\n### `" + verb.qualifiedName() + "`\n\n");
        if (verb.names().size() > 1) {
            List<String> others = new ArrayList<>(verb.names());
            others.remove(verb.name());
            text.append("Also `" + String.join("`, `", others) + "`. ");
        }
        text.append(cell(verb.usageMessage().description())).append('\n');
        StringBuilder rows = new StringBuilder();
        verb.positionalParameters().forEach(each -> rows.append(row(each, each.paramLabel())));
        List<String> also = new ArrayList<>();
        for (OptionSpec option : verb.options()) {
            String group = group(option);
            String names = String.join("`, `", option.names());
            String name = option.negatable() ? names.replace("--", "--[no-]") : names;
            String row = row(option, name + value(option));
            if (group != null) {
                shared.computeIfAbsent(group, none -> new LinkedHashMap<>())
                        .put(option.longestName(), row);
                also.add(group);
            } else if (!option.usageHelp() && !option.versionHelp()) {
                rows.append(row);
            }
        }
        if (!rows.isEmpty()) {
            text.append("\n| | |\n|---|---|\n").append(rows);
        }
        List<String> groups = SHARED_ORDER.stream().filter(also::contains).toList();
        if (!groups.isEmpty()) {
            text.append("\nAlso the options of: " + String.join(", ", groups) + ".\n");
        }
        return text.toString();
    }

    private static @Nullable String group(OptionSpec option) {
        return option.userObject() instanceof Field field
                ? SHARED.get(field.getDeclaringClass().getSimpleName())
                : null;
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : " " + option.paramLabel();
    }

    private static String row(ArgSpec arg, String label) {
        String needed = arg.required() && arg.isOption() ? " Must be given." : "";
        return "| `"
                + label.replace("|", "\\|")
                + "` | "
                + cell(arg.description())
                + needed
                + " |\n";
    }

    private static String cell(String[] lines) {
        return String.join(" ", lines).replace("|", "\\|");
    }
}
