package dev.hookferry.jdbc.delivery;

import dev.hookferry.event.Receipt;
import dev.hookferry.jdbc.delivery.KnownEvents.Known;
import dev.hookferry.store.commit.CommitResult.Conflicting;
import dev.hookferry.store.commit.CommitResult.Outdated;
import dev.hookferry.store.commit.CommitResult.Published;
import dev.hookferry.store.commit.CommitResult.Stored;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.PublishEntry.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides which publishes are new, which repeat an earlier one, and which conflict with one. */
final class PublishEntries {
  private final KnownEvents known;
  private final boolean withAllChecks;
  private final long config;
  private final List<Entry> newEntries = new ArrayList<>();

  /**
   * Creates an instance for one batch. It remembers the events that it accepts.
   *
   * @param withAllChecks whether events with generated ids are also looked up
   * @param config the configuration version; events routed by an earlier one are outdated
   */
  PublishEntries(KnownEvents known, boolean withAllChecks, long config) {
    this.known = known;
    this.withAllChecks = withAllChecks;
    this.config = config;
  }

  /** Returns the events to store. */
  List<Entry> newEntries() {
    return newEntries;
  }

  Published classify(PublishEntry publication) {
    if (!withAllChecks && publication.entries().stream().allMatch(PublishEntries::isUnnamed)) {
      newEntries.addAll(publication.entries());
      return new Stored(publication.entries().stream().map(PublishEntries::first).toList());
    }
    return compare(publication);
  }

  private static boolean isUnnamed(Entry entry) {
    return entry.event().idempotence() == null;
  }

  private static Receipt first(Entry entry) {
    return new Receipt(entry.event().id(), entry.deliveries().size(), false);
  }

  private Published compare(PublishEntry publication) {
    KnownEvents mine = new KnownEvents();
    List<Entry> accepted = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < publication.entries().size(); i++) {
      Entry entry = publication.entries().get(i);
      List<Known> earlier =
          Stream.of(known, mine).flatMap(k -> k.withSameIdOrKey(entry.event()).stream()).toList();
      Optional<Known> other =
          earlier.stream()
              .filter(e -> !e.isRepeatedBy(entry.event()) && !e.isSameAs(entry))
              .findFirst();
      if (other.isPresent()) {
        return new Conflicting(i, other.get().id());
      }
      if (earlier.isEmpty()) {
        mine.add(entry);
        accepted.add(entry);
      }
      receipts.add(earlier.isEmpty() ? first(entry) : earlier.get(0).receipt(entry));
    }
    if (!accepted.isEmpty() && publication.config() < config) {
      return new Outdated(config);
    }
    known.addAll(mine);
    newEntries.addAll(accepted);
    return new Stored(receipts);
  }
}
