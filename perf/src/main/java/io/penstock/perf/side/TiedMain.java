package io.penstock.perf.side;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Runs another main class and ends when standard input does, so that a child does not outlive the
 * harness even when that was killed. The end is that of SIGTERM: shutdown hooks run, within a
 * deadline.
 */
public final class TiedMain {
    private static final long HOOKS_WITHIN_MS = 30_000;

    private TiedMain() {}

    /** {@code TiedMain MAIN-CLASS ARGUMENTS...}. */
    public static void main(String[] args) throws Exception {
        daemon("tied-to-parent", TiedMain::endWithParent);
        try {
            Class.forName(args[0])
                    .getMethod("main", String[].class)
                    .invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.printStackTrace();
            System.exit(1); // whatever threads it has left behind
        }
    }

    /** The directory or the jar with this class. */
    static String place() {
        try {
            return Path.of(
                            TiedMain.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI())
                    .toString();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("the class path is no path", impossible);
        }
    }

    private static void endWithParent() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            System.err.println("standard input: " + e.getMessage()); // the parent is gone as well
        }
        daemon("tied-deadline", TiedMain::haltLate);
        System.exit(0);
    }

    private static void haltLate() {
        try {
            Thread.sleep(HOOKS_WITHIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // halt now
        }
        Runtime.getRuntime().halt(1);
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
