package dev.hookferry.file.index;

/** A Bloom filter with 16 bits per key and a false positive rate of about 1 in 1000. */
public final class BloomFilter {
  private static final int BITS_PER_KEY = 16;
  private static final int PROBES = 6;

  private final long[] words;

  /** Creates a filter with these bits. */
  public BloomFilter(long[] words) {
    this.words = words;
  }

  /** Creates an empty filter sized for this number of keys. */
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

  /** Returns false if the key was never added; true if it probably was. */
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
