package dev.hookferry.file.index;

/**
 * Knows of most keys that they were never added, in 16 bits for each that was: about one of a
 * thousand others seems to have been.
 */
public final class BloomFilter {
  private static final int BITS_PER_KEY = 16;
  private static final int PROBES = 6;

  private final long[] words;

  /** A filter with these bits. */
  public BloomFilter(long[] words) {
    this.words = words;
  }

  /** An empty filter for so many keys. */
  public static BloomFilter forKeys(int count) {
    return new BloomFilter(new long[Math.max(1, (int) ((long) count * BITS_PER_KEY / 64))]);
  }

  public long[] words() {
    return words;
  }

  public void add(long key) {
    for (int i = 0; i < PROBES; i++) {
      long bit = bit(key, i);
      words[(int) (bit >>> 6)] |= 1L << bit;
    }
  }

  /** Whether the key may have been added. */
  boolean mayContain(long key) {
    for (int i = 0; i < PROBES; i++) {
      long bit = bit(key, i);
      if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
        return false;
      }
    }
    return true;
  }

  private long bit(long key, int probe) {
    long hash = key + probe * (Long.rotateLeft(key, 32) | 1);
    return Math.multiplyHigh(hash >>> 1, words.length * 128L);
  }
}
