package dev.hookferry.internal;

import java.util.random.RandomGenerator;

/** Thread-safe wrapper around a random generator. */
public final class SharedRandom implements RandomGenerator {
  private final RandomGenerator source;

  public SharedRandom(RandomGenerator source) {
    this.source = source;
  }

  @Override
  public synchronized long nextLong() {
    return source.nextLong();
  }

  @Override
  public synchronized int nextInt() {
    return source.nextInt();
  }

  @Override
  public synchronized void nextBytes(byte[] bytes) {
    source.nextBytes(bytes);
  }
}
