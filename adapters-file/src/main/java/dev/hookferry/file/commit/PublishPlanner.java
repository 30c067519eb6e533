package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.Event;
import dev.hookferry.event.Idempotence;
import dev.hookferry.event.Receipt;
import dev.hookferry.file.record.RecordReader;
import dev.hookferry.file.search.RecordLookup;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.CommitResult.Conflicting;
import dev.hookferry.store.commit.CommitResult.Outdated;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the publishes of one batch: new events are stored, repeats get the original receipt. */
public final class PublishPlanner {
  private final CommitPlan plan;
  private final RecordLookup lookup;
  private final long config;
  private final Map<Name, Entry> inBatch = new HashMap<>();

  /**
   * Creates a planner for one batch.
   *
   * @param config the configuration version; events routed by an earlier one are outdated
   */
  public PublishPlanner(CommitPlan plan, RecordLookup lookup, long config) {
    this.plan = plan;
    this.lookup = lookup;
    this.config = config;
  }

  /** Identifies an event: its id or its idempotency key. */
  private record Name(SiteId site, @Nullable EventId id, @Nullable String key) {}

  /** The parts of an event that are needed to recognize its repeats. */
  private record Kept(Event event, List<DeliveryId> deliveries) {
    static Kept of(Entry entry) {
      return new Kept(
          entry.event(), entry.deliveries().stream().map(q -> q.delivery().id()).toList());
    }

    boolean isRepeatedBy(Entry other) {
      Idempotence mine = event.idempotence();
      Idempotence theirs = other.event().idempotence();
      return mine != null && theirs != null && mine.fingerprint().equals(theirs.fingerprint());
    }

    /** Returns whether this is the same entry, stored by an earlier try of the same commit. */
    boolean isSame(Entry other) {
      return event.id().equals(other.event().id())
          && event.acceptedAt().toEpochMilli() == other.event().acceptedAt().toEpochMilli()
          && Objects.equals(event.idempotence(), other.event().idempotence())
          && deliveries.equals(of(other).deliveries);
    }
  }

  public Published publish(PublishEntry publication) throws IOException {
    int size = publication.entries().size();
    Map<Name, Entry> mine = new HashMap<>();
    List<Entry> fresh = new ArrayList<>(size);
    List<Receipt> receipts = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Entry entry = publication.entries().get(i);
      List<Name> names = names(entry.event());
      Kept first = null;
      for (Name name : names) {
        Kept earlier = earlier(name, entry.event(), mine);
        if (earlier != null && !earlier.isRepeatedBy(entry) && !earlier.isSame(entry)) {
          return new Conflicting(i, earlier.event().id());
        }
        first = first == null ? earlier : first;
      }
      if (first == null) {
        names.forEach(name -> mine.put(name, entry));
        fresh.add(entry);
        receipts.add(new Receipt(entry.event().id(), entry.deliveries().size(), false));
      } else {
        receipts.add(
            new Receipt(first.event().id(), first.deliveries().size(), !first.isSame(entry)));
      }
    }
    if (!fresh.isEmpty() && publication.config() < config) {
      return new Outdated(config);
    }
    inBatch.putAll(mine);
    fresh.forEach(plan::publish);
    List<Delivery> ordered = publication.ownedInOrder();
    return new Stored(receipts, ordered.isEmpty() ? Set.of() : plan.unowned(ordered));
  }

  private static List<Name> names(Event event) {
    Name id = new Name(event.site(), event.id(), null);
    Idempotence idempotence = event.idempotence();
    return idempotence == null || idempotence.key() == null
        ? List.of(id)
        : List.of(id, new Name(event.site(), null, idempotence.key()));
  }

  private @Nullable Kept earlier(Name name, Event event, Map<Name, Entry> mine) throws IOException {
    Entry planned = mine.getOrDefault(name, inBatch.get(name));
    if (planned != null) {
      return Kept.of(planned);
    }
    return stored(name, event)
        .map(
            found ->
                new Kept(
                    found.record().event(),
                    found.record().deliveries().stream().map(Delivery::id).toList()))
        .orElse(null);
  }

  /**
   * Returns the stored event with this name. A generated id can exist only if an earlier try of the
   * same commit stored it, so only that time is searched.
   */
  private Optional<RecordLookup.LocatedEvent> stored(Name name, Event event) throws IOException {
    if (name.id() == null) {
      return lookup.event(name.site(), RecordReader.need(name.key(), "key"));
    }
    return event.idempotence() == null
        ? lookup.eventOf(event.acceptedAt(), name.site(), name.id())
        : lookup.event(name.site(), name.id());
  }
}
