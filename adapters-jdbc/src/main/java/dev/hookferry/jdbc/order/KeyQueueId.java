package dev.hookferry.jdbc.order;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EndpointId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The id of the queue for an endpoint and ordering key. A hash of both, since databases differ in
 * how they compare strings.
 */
public final class KeyQueueId {
  private KeyQueueId() {}

  /** Returns the id of the queue that a delivery belongs to; null if it has no ordering key. */
  public static @Nullable UUID of(Delivery delivery) {
    String key = delivery.orderingKey();
    return key == null ? null : of(delivery.endpoint(), key);
  }

  static UUID of(EndpointId endpoint, String key) {
    ByteBuffer id = ByteBuffer.allocate(Long.BYTES * 2);
    id.putLong(endpoint.value().getMostSignificantBits());
    id.putLong(endpoint.value().getLeastSignificantBits());
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(id.array());
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
      return new UUID(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
