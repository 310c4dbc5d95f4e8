package io.penstock.gateway.accesslog;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * What there is to draw from: the pages of a made-up shop, its visitors and their programs. Pages
 * are visited by Zipf's law.
 *
 * <p>Threading: immutable.
 */
final class Site {

    private static final int PATHS = 2000;
    private static final int CLIENTS = 4096;
    private static final int DRAWS = 1 << 14;
    private static final double ZIPF = 1.07;

    private static final String[] SECTIONS = {
        "/products/", "/blog/2026/11/", "/static/js/chunk-", "/static/img/gallery/photo-",
        "/api/v1/orders/", "/account/invoices/", "/docs/guide/chapter-", "/search/results/page-"
    };
    private static final String[] SUFFIXES = {
        "", "-why-pipes-need-valves", ".min.js", "_large.webp", "", ".pdf", ".html", ""
    };
    private static final String[] AGENTS = {
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
                + " Version/18.6 Safari/605.1.15",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
                + " Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
        "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko)"
                + " Chrome/142.0.0.0 Mobile Safari/537.36",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "curl/8.16.0",
        "python-requests/2.32.5",
        "Go-http-client/2.0"
    };
    private static final String[] REFERERS = {
        "-",
        "-",
        "https://www.example.com/",
        "https://www.example.com/products",
        "https://www.google.com/",
        "https://news.example.net/item?id=41"
    };
    private static final String[] QUERIES = {
        "page=2", "sort=price&order=asc", "q=valve+40mm", "utm_source=newsletter&utm_medium=email"
    };
    private static final String[] USERS = {"ada", "grace", "linus", "margaret"};
    private static final String[] METHODS = {
        "GET", "GET", "GET", "GET", "GET", "GET", "POST", "HEAD"
    };
    private static final String[] PROTOCOLS = {"HTTP/1.1", "HTTP/1.1", "HTTP/2.0"};
    private static final int[] STATUSES = {
        200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 304, 304, 301, 404, 404, 403,
        500, 503
    };

    final byte[][] clients;
    final byte[][] paths;
    final byte[][] agents = utf8(AGENTS);
    final byte[][] referers = utf8(REFERERS);
    final byte[][] queries = utf8(QUERIES);
    final byte[][] users = utf8(USERS);
    final byte[][] methods = utf8(METHODS);
    final byte[][] protocols = utf8(PROTOCOLS);
    final int[] statuses = STATUSES.clone();
    // Path numbers, each as often as it is visited; its length is a power of two.
    final int[] visits;

    Site(SplittableRandom random) {
        clients = new byte[CLIENTS][];
        for (int i = 0; i < CLIENTS; i++) {
            clients[i] = utf8(client(random));
        }
        paths = new byte[PATHS][];
        for (int i = 0; i < PATHS; i++) {
            int section = i % SECTIONS.length;
            paths[i] = utf8(SECTIONS[section] + random.nextInt(100_000) + SUFFIXES[section]);
        }
        paths[0] = utf8("/");
        visits = visits();
    }

    private static String client(SplittableRandom random) {
        if (random.nextInt(12) == 0) {
            return String.format(
                    "2001:db8:%x:%x::%x",
                    random.nextInt(0xffff), random.nextInt(0xffff), random.nextInt(0xffff));
        }
        return String.format(
                "%d.%d.%d.%d",
                random.nextInt(1, 224),
                random.nextInt(256),
                random.nextInt(256),
                random.nextInt(1, 255));
    }

    private static int[] visits() {
        double all = 0;
        for (int i = 1; i <= PATHS; i++) {
            all += Math.pow(i, -ZIPF);
        }
        int[] visits = new int[DRAWS];
        int path = 0;
        double upTo = 1 / all;
        for (int i = 0; i < DRAWS; i++) {
            while (path < PATHS - 1 && (double) i / DRAWS >= upTo) {
                path++;
                upTo += Math.pow(path + 1, -ZIPF) / all;
            }
            visits[i] = path;
        }
        return visits;
    }

    private static byte[][] utf8(String[] texts) {
        byte[][] all = new byte[texts.length][];
        for (int i = 0; i < texts.length; i++) {
            all[i] = utf8(texts[i]);
        }
        return all;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
