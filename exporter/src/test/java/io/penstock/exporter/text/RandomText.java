package io.penstock.exporter.text;

import java.util.SplittableRandom;

/**
 * Random texts that hold what is hard: controls, quotes, every length of UTF-8, long ASCII runs.
 */
public final class RandomText {

    private RandomText() {}

    /** A text of up to {@code most} code points, all of them valid. */
    public static String next(SplittableRandom random, int most) {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(most + 1);
        boolean plain = random.nextInt(3) > 0;
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(plain ? ' ' + random.nextInt(95) : point(random));
        }
        return text.toString();
    }

    private static int point(SplittableRandom random) {
        return switch (random.nextInt(6)) {
            case 0 -> random.nextInt(0x20);
            case 1 -> "\"\\/\u007f".charAt(random.nextInt(4));
            case 2 -> 0x80 + random.nextInt(0x780);
            case 3 -> 0x10000 + random.nextInt(0x100000);
            case 4 -> bmp(random);
            default -> ' ' + random.nextInt(95);
        };
    }

    private static int bmp(SplittableRandom random) {
        int point = 0x800 + random.nextInt(0xf800);
        return Character.isSurrogate((char) point) ? 0x800 : point;
    }
}
