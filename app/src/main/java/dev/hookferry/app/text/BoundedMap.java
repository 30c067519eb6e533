package dev.hookferry.app.text;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that evicts its oldest entries beyond a maximum size. Not thread-safe. */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1L;

  private final int max;

  /** Creates an empty map for up to {@code max} entries. */
  public BoundedMap(int max) {
    this.max = max;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > max;
  }
}
