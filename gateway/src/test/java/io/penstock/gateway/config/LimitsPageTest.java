package io.penstock.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.exporter.fanout.SinkRegistry;
import io.penstock.gateway.guard.Closing;
import io.penstock.gateway.guard.GuardConfig;
import io.penstock.gateway.ingest.IngressConfig;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sum in docs/limits.md is made of keys that there are, at their defaults, and adds up. */
class LimitsPageTest {
    private static final Path PAGE = Path.of("../docs/limits.md");
    private static final Pattern TERM =
            Pattern.compile("(?m)^\\| [^|*]+ \\| ([^|]*) \\| (\\d+) \\|$");
    private static final Pattern TOTAL = Pattern.compile("\\*\\*(\\d+)\\*\\*");
    private static final Pattern KEY = Pattern.compile("`(ingress\\.[a-z_.]+)`");
    private static final int TERMS = 9;

    @Test
    void theSumAddsUp() throws Exception {
        String all = Files.readString(PAGE);
        String page = all.substring(0, all.indexOf("## Connections"));
        GatewayConfig defaults = defaults();
        long sum = 0;
        int terms = 0;
        Matcher term = TERM.matcher(page);
        while (term.find()) {
            long value = 1;
            for (String factor : term.group(1).split(" x ", -1)) {
                value *=
                        factor.startsWith("`")
                                ? value(defaults, factor.replace("`", ""))
                                : Long.parseLong(factor);
            }
            assertThat(Long.parseLong(term.group(2))).as(term.group()).isEqualTo(value);
            sum += value;
            terms++;
        }
        assertThat(terms).isEqualTo(TERMS);
        Matcher total = TOTAL.matcher(page);
        assertThat(total.find()).isTrue();
        assertThat(Long.parseLong(total.group(1))).as("all together").isEqualTo(sum);
    }

    @Test
    void everyKeyOnThePageIsOne() throws Exception {
        Matcher key = KEY.matcher(Files.readString(PAGE));
        GatewayConfig defaults = defaults();
        while (key.find()) {
            assertThat(value(defaults, key.group(1))).as(key.group(1)).isNotNegative();
        }
    }

    /** What a client can make large, or keep open, stands on the page. */
    @Test
    void everyLimitOfTheDataPortIsOnThePage() throws Exception {
        String page = Files.readString(PAGE);
        for (RecordComponent component : GuardConfig.class.getRecordComponents()) {
            assertThat(page).contains("`ingress.guard." + snake(component.getName()) + "`");
        }
        for (RecordComponent component : IngressConfig.class.getRecordComponents()) {
            String key = snake(component.getName());
            if (key.startsWith("max_in")
                    || key.contains("connections")
                    || key.contains("timeout")) {
                assertThat(page).contains("`ingress." + key + "`");
            }
        }
        for (Closing why : Closing.values()) {
            if (why != Closing.REQUEST && why != Closing.PINGS) {
                assertThat(page).containsPattern("(\\| |reason )" + why.word() + " \\|");
            }
        }
    }

    private static GatewayConfig defaults() throws ConfigException {
        return new ConfigLoader(SinkRegistry.onClassPath(), Map.<String, String>of()::get)
                .parse("defaults", "");
    }

    private static long value(Object record, String path) throws ReflectiveOperationException {
        Object value = record;
        for (String key : path.split("\\.", -1)) {
            @Nullable RecordComponent found = null;
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                found = snake(component.getName()).equals(key) ? component : found;
            }
            value =
                    Objects.requireNonNull(found, () -> "no key " + key + " of " + path)
                            .getAccessor()
                            .invoke(value);
        }
        return ((Number) value).longValue();
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
