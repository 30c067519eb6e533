package dev.hookferry.app.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what it was told first when it would grow too large. Not thread-safe. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int most;

  /** An empty one that holds so many entries. */
  public BoundedMap(int most) {
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
