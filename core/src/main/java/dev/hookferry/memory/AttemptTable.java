package dev.hookferry.memory;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import dev.hookferry.id.DeliveryId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Table of the attempts of all sites by id, with an estimate of its memory use. */
final class AttemptTable {
  /** Estimated bytes per attempt, including index entries but not the response. */
  private static final long PER_ATTEMPT = 1_000;

  /** Keyed by the id's text, which sorts by time. */
  private final NavigableMap<String, Attempt> byId = new TreeMap<>();

  private final Map<DeliveryId, List<String>> byDelivery = new HashMap<>();
  private long bytes;

  /** Returns the approximate memory use in bytes. */
  long bytes() {
    return bytes;
  }

  private static long bytes(Attempt attempt) {
    Response response = attempt.outcome().response();
    return PER_ATTEMPT
        + attempt.url().length()
        + attempt.outcome().detail().length()
        + (response == null ? 0 : response.size());
  }

  NavigableMap<String, Attempt> oldestFirst() {
    return Collections.unmodifiableNavigableMap(byId);
  }

  void put(Attempt attempt) {
    String id = attempt.id().toString();
    Attempt before = byId.put(id, attempt);
    if (before == null) {
      byDelivery.computeIfAbsent(attempt.delivery(), delivery -> new ArrayList<>(1)).add(id);
    } else {
      bytes -= bytes(before);
    }
    bytes += bytes(attempt);
  }

  /** Removes all attempts of a delivery. */
  void remove(DeliveryId delivery) {
    List<String> ids = byDelivery.remove(delivery);
    if (ids != null) {
      ids.forEach(this::remove);
    }
  }

  /** Removes the oldest attempt; the table must not be empty. */
  void removeOldest() {
    Attempt oldest = byId.firstEntry().getValue();
    String id = oldest.id().toString();
    byDelivery.computeIfPresent(
        oldest.delivery(),
        (delivery, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
    remove(id);
  }

  private void remove(String id) {
    Attempt attempt = byId.remove(id);
    if (attempt != null) {
      bytes -= bytes(attempt);
    }
  }
}
