package dev.hookferry.contract.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Tries many random inputs, each from a seed that is printed on failure. A build tries the same
 * ones each time; {@code -Dhookferry.fuzz.seconds=60} tries new ones for that long, {@code
 * -Dhookferry.fuzz.seed=…} the one of that seed.
 */
public final class Fuzz {
  private static final String SECONDS = "hookferry.fuzz.seconds";
  private static final String SEED = "hookferry.fuzz.seed";

  private Fuzz() {}

  /** A property under test; throws if it does not hold. */
  @FunctionalInterface
  public interface Check {
    /** One try. */
    void run(RandomGenerator chance) throws Exception;
  }

  /** Runs a check that many times, or as the properties say. */
  public static void tries(int count, Check check) {
    Long seed = Long.getLong(SEED);
    Long seconds = Long.getLong(SECONDS);
    if (seed != null) {
      one(seed, check);
    } else if (seconds != null) {
      long start = System.nanoTime();
      long next = start;
      while (System.nanoTime() - start < Duration.ofSeconds(seconds).toNanos()) {
        one(next++, check);
      }
    } else {
      for (int i = 1; i <= count; i++) {
        one(i, check);
      }
    }
  }

  private static void one(long seed, Check check) {
    try {
      check.run(new SplittableRandom(seed));
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(
          "seed " + seed + " (again with -D" + SEED + "=" + seed + "): " + e, e);
    }
  }

  /** One of them. */
  public static <T> T pick(RandomGenerator chance, List<T> of) {
    return of.get(chance.nextInt(of.size()));
  }

  /** A text of the corpus, changed in a few places: pieces put in, cut out, doubled, exchanged. */
  public static String mutated(RandomGenerator chance, List<String> corpus, List<String> pieces) {
    StringBuilder text = new StringBuilder(pick(chance, corpus));
    for (int changes = chance.nextInt(5); changes > 0; changes--) {
      int from = chance.nextInt(text.length() + 1);
      int to = Math.min(text.length(), from + chance.nextInt(8));
      switch (chance.nextInt(6)) {
        case 0 -> text.insert(from, pick(chance, pieces));
        case 1 -> text.delete(from, to);
        case 2 -> text.insert(from, text.substring(from, to));
        case 3 -> text.replace(from, to, pick(chance, pieces));
        case 4 -> text.replace(from, text.length(), tail(chance, pick(chance, corpus)));
        default -> text.insert(from, (char) chance.nextInt(chance.nextBoolean() ? 128 : 0x10000));
      }
    }
    return text.toString();
  }

  private static String tail(RandomGenerator chance, String text) {
    return text.substring(chance.nextInt(text.length() + 1));
  }

  /** Bytes, changed in a few places. */
  public static byte[] mutated(RandomGenerator chance, byte[] bytes) {
    List<Byte> all = new ArrayList<>();
    for (byte b : bytes) {
      all.add(b);
    }
    for (int changes = 1 + chance.nextInt(4); changes > 0; changes--) {
      int from = chance.nextInt(all.size() + 1);
      int to = Math.min(all.size(), from + chance.nextInt(40));
      switch (chance.nextInt(5)) {
        case 0 -> all.subList(from, to).clear();
        case 1 -> all.addAll(from, List.copyOf(all.subList(from, to)));
        case 2 -> all.add(from, (byte) chance.nextInt());
        case 3 -> all.subList(from, all.size()).clear();
        default -> all.subList(from, to).replaceAll(old -> (byte) chance.nextInt());
      }
    }
    byte[] changed = new byte[all.size()];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = all.get(i);
    }
    return changed;
  }
}
