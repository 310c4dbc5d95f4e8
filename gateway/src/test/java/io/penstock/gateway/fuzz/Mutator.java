package io.penstock.gateway.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Makes inputs of others: an input is a function of the seed and its number, so that one can be
 * made again alone. Threading: confined to one thread.
 */
final class Mutator {
    private static final int MAX_BYTES = 64 << 10;
    private static final int MAX_STEPS = 6;
    private static final int[] BYTES = {
        0, 1, 0x7f, 0x80, 0xff, '"', '\\', '{', '[', ',', ' ', '\n'
    };
    private static final byte[][] TOKENS =
            tokens(
                    "\"",
                    "\\u",
                    "\\ud800",
                    "{}",
                    "[]",
                    "null",
                    "true",
                    "-",
                    "1e999",
                    "-0",
                    "\\",
                    "=",
                    ",",
                    " ",
                    "\n",
                    "\r\n",
                    "#",
                    "i",
                    "u",
                    "\u00fc",
                    "{\"index\":{}}\n",
                    "{\"delete\":{\"_id\":\"1\"}}\n",
                    "_index",
                    "9223372036854775808",
                    "\u0080\u0080\u0080\u0080\u0001",
                    "streams",
                    "values");

    private final List<byte[]> corpus;
    private final long seed;

    Mutator(List<byte[]> corpus, long seed) {
        this.corpus = corpus;
        this.seed = seed;
    }

    private static byte[][] tokens(String... words) {
        return Arrays.stream(words)
                .map(word -> word.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    /** The input of a number; the first are the corpus itself. */
    byte[] input(long number) {
        if (number < corpus.size()) {
            return corpus.get((int) number);
        }
        SplittableRandom random = new SplittableRandom(seed ^ (number * 0x9e37_79b9_7f4a_7c15L));
        byte[] bytes = pick(random);
        // Few steps leave more of what is valid, which goes deeper.
        int steps = 1 + Math.min(random.nextInt(MAX_STEPS), random.nextInt(MAX_STEPS));
        for (int i = 0; i < steps; i++) {
            bytes = step(bytes, random);
        }
        return bytes.length > MAX_BYTES ? Arrays.copyOf(bytes, MAX_BYTES) : bytes;
    }

    private byte[] pick(SplittableRandom random) {
        return corpus.get(random.nextInt(corpus.size())).clone();
    }

    private byte[] step(byte[] bytes, SplittableRandom random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(9)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = (byte) random.nextInt(256);
            case 2 -> bytes[at] = (byte) BYTES[random.nextInt(BYTES.length)];
            case 3 -> bytes[at] += (byte) (random.nextInt(5) - 2);
            case 4 -> {
                return replaced(bytes, at, end(bytes, at, random), new byte[0]);
            }
            case 5 -> {
                return replaced(
                        bytes, at, at, Arrays.copyOfRange(bytes, at, end(bytes, at, random)));
            }
            case 6 -> {
                return replaced(bytes, at, at, TOKENS[random.nextInt(TOKENS.length)]);
            }
            case 7 -> {
                byte[] other = pick(random);
                int from = other.length == 0 ? 0 : random.nextInt(other.length);
                byte[] piece = Arrays.copyOfRange(other, from, end(other, from, random));
                return replaced(
                        bytes, at, random.nextBoolean() ? at : end(bytes, at, random), piece);
            }
            default -> {
                return Arrays.copyOf(bytes, at);
            }
        }
        return bytes;
    }

    /** Mostly near, seldom far. */
    private static int end(byte[] bytes, int at, SplittableRandom random) {
        int most = bytes.length - at;
        int length = random.nextInt(4) > 0 ? Math.min(most, 1 + random.nextInt(16)) : most;
        return at + (length == 0 ? 0 : 1 + random.nextInt(length));
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] made = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, made, 0, from);
        System.arraycopy(by, 0, made, from, by.length);
        System.arraycopy(bytes, to, made, from + by.length, bytes.length - to);
        return made;
    }
}
