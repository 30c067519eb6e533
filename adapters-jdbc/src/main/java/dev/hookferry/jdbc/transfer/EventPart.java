package dev.hookferry.jdbc.transfer;

import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.jdbc.transfer.EventParts.EventName;
import dev.hookferry.jdbc.transfer.StoredEventPages.EventRow;
import dev.hookferry.store.transfer.TransferBatch;
import dev.hookferry.store.transfer.TransferRecord;
import dev.hookferry.store.transfer.TransferRecord.StoredAttempt;
import dev.hookferry.store.transfer.TransferRecord.StoredDelivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Events with their deliveries and attempts. Reads a page of events with all of their deliveries,
 * and the attempts of only some deliveries at a time, because an attempt can have a response of 16
 * KiB. Page sizes adapt to the size of the previous rows.
 */
final class EventPart implements RecordPart {
  private static final long PAGE_BYTES = 8 << 20;
  private static final int MAX_EVENTS = 2_000;
  private static final int MAX_DELIVERIES = 2_000;
  private static final int FIRST_DELIVERIES = 200;

  private final StoredEventPages pages;
  private final EventParts parts;
  private @Nullable EventKey from;
  private List<EventRow> events = List.of();
  private Map<EventName, List<StoredDelivery>> deliveries = Map.of();
  private int event;
  private int delivery;
  private int eventLimit = 100;
  private int deliveryLimit = FIRST_DELIVERIES;

  EventPart(StoredEventPages pages, EventParts parts, @Nullable EventKey from) {
    this.pages = pages;
    this.parts = parts;
    this.from = from;
  }

  @Override
  public @Nullable TransferBatch next() {
    if (event == events.size() && !load()) {
      return null;
    }
    List<TransferRecord> records = new ArrayList<>();
    List<StoredDelivery> chosen = new ArrayList<>();
    EventKey last = choose(records, chosen);
    from = last;
    return new TransferBatch(withAttempts(records, chosen), last.text());
  }

  private boolean load() {
    EventKey position = from;
    events = pages.page(position, eventLimit);
    if (events.isEmpty()) {
      return false;
    }
    deliveries = parts.deliveries(events);
    event = 0;
    delivery = position == null || position.delivery() == null ? 0 : skipped(position.delivery());
    long bytes = 0;
    for (EventRow row : events) {
      bytes += 200 + row.stored().event().payload().size();
    }
    eventLimit = (int) Math.max(1, Math.min(MAX_EVENTS, PAGE_BYTES * events.size() / bytes));
    return true;
  }

  /** Returns the number of deliveries of the page's first event up to and including this one. */
  private int skipped(DeliveryId last) {
    List<StoredDelivery> all = of(events.get(0));
    int count = 0;
    while (count < all.size() && !all.get(count).delivery().id().equals(last)) {
      count++;
    }
    if (count == all.size()) {
      throw new IllegalArgumentException(last + " is not a position of this source");
    }
    return count + 1;
  }

  private List<StoredDelivery> of(EventRow row) {
    Event owner = row.stored().event();
    return deliveries.getOrDefault(new EventName(owner.site(), owner.id()), List.of());
  }

  /** Takes events with deliveries from the page, and returns the position after them. */
  private EventKey choose(List<TransferRecord> records, List<StoredDelivery> chosen) {
    EventKey last = events.get(event).key();
    while (event < events.size() && chosen.size() < deliveryLimit) {
      EventRow row = events.get(event);
      List<StoredDelivery> all = of(row);
      if (delivery == 0) {
        records.add(row.stored());
      }
      int end = Math.min(all.size(), delivery + deliveryLimit - chosen.size());
      for (StoredDelivery one : all.subList(delivery, end)) {
        records.add(one);
        chosen.add(one);
      }
      delivery = end == all.size() ? 0 : end;
      event += end == all.size() ? 1 : 0;
      DeliveryId within = delivery == 0 ? null : all.get(end - 1).delivery().id();
      EventKey key = row.key();
      last = new EventKey(key.site(), key.acceptedAt(), key.seq(), key.id(), within);
    }
    return last;
  }

  private List<TransferRecord> withAttempts(
      List<TransferRecord> records, List<StoredDelivery> chosen) {
    Map<DeliveryId, List<StoredAttempt>> attempts = parts.attempts(chosen);
    List<TransferRecord> all = new ArrayList<>(records.size() * 2);
    long bytes = 0;
    for (TransferRecord stored : records) {
      all.add(stored);
      if (stored instanceof StoredDelivery one) {
        for (StoredAttempt attempt : attempts.getOrDefault(one.delivery().id(), List.of())) {
          all.add(attempt);
          bytes += parts.size(attempt);
        }
      }
    }
    if (bytes > 0) {
      long fitting = PAGE_BYTES * chosen.size() / bytes;
      deliveryLimit = (int) Math.max(1, Math.min(MAX_DELIVERIES, fitting));
    }
    return all;
  }
}
