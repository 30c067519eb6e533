package dev.hookferry.file.index;

import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import java.util.Map;
import java.util.UUID;

/**
 * Hashes that stand for ids and names in an index. Collisions are possible, so callers check the
 * records that they find. Never zero.
 */
public final class IndexKeys {
  private static final long EVENT = 0x9e37_79b9_7f4a_7c15L;
  private static final long IDEMPOTENCY = 0xc2b2_ae3d_27d4_eb4fL;
  private static final long DELIVERY = 0x1656_67b1_9e37_79f9L;
  private static final long FIELD = 0x8525_5a4d_9d2f_3b71L;
  private static final long NAME = 0x27d4_eb2f_1656_67c5L;

  private IndexKeys() {}

  /** Returns the key of an event. */
  public static long event(SiteId site, EventId id) {
    return mix(text(text(EVENT, site.value()), id.value()));
  }

  /** Returns the key of an event that has this idempotency key. */
  public static long idempotency(SiteId site, String key) {
    return mix(text(text(IDEMPOTENCY, site.value()), key));
  }

  /** Returns the key of the records of a delivery. */
  public static long delivery(DeliveryId id) {
    return mix(uuid(DELIVERY, id.value()));
  }

  /** Returns the key of the events of a site that have this value in a search field. */
  public static long field(SiteId site, String name, String value) {
    return mix(text(text(text(FIELD, site.value()), name), value));
  }

  /** Returns the hash of a site. */
  public static int site(SiteId site) {
    return (int) mix(text(NAME, site.value()));
  }

  /** Returns the hash of an event type. */
  public static int type(EventType type) {
    return (int) mix(text(NAME + 1, type.name()));
  }

  /** Returns the hash of an endpoint. */
  public static int endpoint(EndpointId endpoint) {
    return (int) mix(uuid(NAME + 2, endpoint.value()));
  }

  /**
   * Returns a mask with two bits per label; zero if there are no labels. The mask of an event
   * includes that of any subset of its labels.
   */
  public static int labels(Map<String, String> labels) {
    int bits = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      long hash = mix(text(text(NAME + 4, label.getKey()), label.getValue()));
      bits |= 1 << (int) (hash & 31) | 1 << (int) (hash >>> 5 & 31);
    }
    return bits;
  }

  /** Returns a 16-bit hash of a word from a small vocabulary. */
  static int word(String word) {
    return (int) (mix(text(NAME + 3, word)) >>> 48);
  }

  /** Returns the key that marks the presence of a value in a column of a listing's rows. */
  static long presence(IndexedList listing, int column, int value) {
    return mix(((long) (listing.code() * 64 + column) << 34) ^ (value & 0xffff_ffffL));
  }

  private static long text(long seed, String text) {
    long hash = seed + text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x9fb2_1c65_1e98_df25L;
      hash ^= hash >>> 32;
    }
    return hash;
  }

  private static long uuid(long seed, UUID id) {
    return mix(seed ^ id.getMostSignificantBits()) + id.getLeastSignificantBits();
  }

  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94d0_49bb_1331_11ebL;
    mixed ^= mixed >>> 31;
    return mixed == 0 ? 1 : mixed;
  }
}
