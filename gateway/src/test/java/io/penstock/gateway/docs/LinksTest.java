package io.penstock.gateway.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Follows the links of the pages to files and headings of the project. */
class LinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]*)\\)");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$|`[^`\\n]*`");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.*)$");

    @Test
    void everyLinkOfAPageLeadsSomewhere() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Page page : Page.all()) {
            Path file = Page.ROOT.resolve(page.path());
            Matcher link = LINK.matcher(CODE.matcher(page.text()).replaceAll(""));
            while (link.find()) {
                if (!link.group(1).contains("://") && !leads(file, link.group(1))) {
                    broken.add(page + ": " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void theMapNamesEveryPage() throws IOException {
        String map = Files.readString(Page.ROOT.resolve("docs/README.md"));
        for (Page page : Page.all()) {
            String name = page.path().replace("docs/", "");
            if (page.path().startsWith("docs/") && !name.equals("README.md")) {
                assertThat(map).as("docs/README.md").contains("](" + name + ")");
            }
        }
    }

    private static boolean leads(Path from, String link) throws IOException {
        int at = link.indexOf('#');
        String to = at < 0 ? link : link.substring(0, at);
        Path target = to.isEmpty() ? from : from.resolveSibling(to).normalize();
        if (!Files.exists(target)) {
            return false;
        }
        return at < 0 || headings(Files.readString(target)).contains(link.substring(at + 1));
    }

    /** As GitHub makes anchors of them. */
    private static List<String> headings(String text) {
        List<String> anchors = new ArrayList<>();
        Matcher heading = HEADING.matcher(text);
        while (heading.find()) {
            anchors.add(
                    heading.group(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                            .replaceAll("[^\\p{L}\\p{N} _-]", "")
                            .replace(' ', '-'));
        }
        return anchors;
    }
}
