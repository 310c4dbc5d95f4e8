package io.penstock.gateway.cli.watch;

import io.penstock.gateway.terminal.Terminal;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal of the process as a screen with keys (ECMA-48; xterm's alternate screen). Keys and
 * size come by {@code stty(1)}; without that there are no keys, and the size is what the launcher
 * said.
 *
 * <p>Threading: confined to one thread, but {@link #close}, which any thread may call once more.
 */
final class Tty implements AutoCloseable {
    private static final File DEVICE = new File("/dev/tty");
    private static final int MAX_KEYS = 64;
    private static final long STTY_MS = 1_000;
    private static final int ESCAPE = 27;
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,4}) ([0-9]{1,4})");

    private final PrintWriter out;
    private final BlockingQueue<Integer> keys = new ArrayBlockingQueue<>(MAX_KEYS);
    private final String before;
    private boolean isOpen = true;

    /**
     * What there is room for.
     *
     * @param columns of a line
     * @param rows lines
     */
    record Size(int columns, int rows) {}

    /** Takes the terminal. */
    Tty(PrintWriter out) {
        this.out = out;
        this.before = stty("-g");
        if (!before.isEmpty()) {
            stty("-icanon", "-echo", "min", "1", "time", "0");
            Thread reader = new Thread(this::read, "keys");
            reader.setDaemon(true);
            reader.start();
        }
        // another screen, no cursor, no wrapped lines
        out.print("\u001b[?1049h\u001b[?25l\u001b[?7l");
        out.flush();
    }

    /** As it is now; what is given where nobody says. */
    static Size size(Size orElse) {
        Matcher said = SIZE.matcher(stty("size"));
        if (!said.matches() || said.group(2).equals("0")) {
            return orElse;
        }
        return new Size(Integer.parseInt(said.group(2)), Integer.parseInt(said.group(1)));
    }

    /** Draws over what is there, without a flicker. */
    void draw(List<String> lines) {
        StringBuilder frame = new StringBuilder("\u001b[H");
        for (int i = 0; i < lines.size(); i++) {
            frame.append(i == 0 ? "" : "\r\n").append(lines.get(i)).append("\u001b[K");
        }
        out.print(frame.append("\u001b[J"));
        out.flush();
    }

    /** Whether nobody takes any more what is drawn. */
    boolean isGone() {
        return Terminal.isClosed(out);
    }

    /** The next key within this time; -1 when none is pressed. */
    int key(long waitMs) throws InterruptedException {
        Integer key = keys.poll(waitMs, TimeUnit.MILLISECONDS);
        return key == null ? -1 : key;
    }

    private void read() {
        try (InputStream in = new FileInputStream(DEVICE)) {
            int key = in.read();
            while (key >= 0) {
                keys.offer(key == ESCAPE ? arrow(in) : key);
                key = in.read();
            }
        } catch (IOException gone) {
            return; // no keys any more; a signal still ends the verb
        }
    }

    /** Arrows up and down are k and j; anything else that begins with ESC is nothing. */
    private static int arrow(InputStream in) throws IOException {
        if (in.available() < 2 || in.read() != '[') {
            return -1;
        }
        return switch (in.read()) {
            case 'A' -> 'k';
            case 'B' -> 'j';
            default -> -1;
        };
    }

    /** What {@code stty} says; empty where there is no terminal or no such command. */
    private static String stty(String... arguments) {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectInput(DEVICE)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(STTY_MS, TimeUnit.MILLISECONDS);
            return ended && process.exitValue() == 0 ? said.strip() : "";
        } catch (IOException none) {
            return "";
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** Gives the terminal back as it was. */
    @Override
    public synchronized void close() {
        if (!isOpen) {
            return;
        }
        isOpen = false;
        out.print("\u001b[?7h\u001b[?25h\u001b[?1049l");
        out.flush();
        if (!before.isEmpty()) {
            stty(before);
        }
    }
}
