package dev.hookferry.jdbc;

import dev.hookferry.event.Receipt;
import dev.hookferry.jdbc.KnownEvents.Known;
import dev.hookferry.port.Committed.Conflicting;
import dev.hookferry.port.Committed.Published;
import dev.hookferry.port.Committed.Stored;
import dev.hookferry.port.Publication;
import dev.hookferry.port.Publication.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides which publications are new, which repeat an earlier one, and which contradict one. */
final class Intake {
  private final KnownEvents known;
  private final List<Entry> fresh = new ArrayList<>();

  /** For one batch; what it accepts becomes known. */
  Intake(KnownEvents known) {
    this.known = known;
  }

  /** What must be stored. */
  List<Entry> fresh() {
    return fresh;
  }

  Published judge(Publication publication) {
    KnownEvents mine = new KnownEvents();
    List<Entry> accepted = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < publication.entries().size(); i++) {
      Entry entry = publication.entries().get(i);
      List<Known> earlier =
          Stream.of(known, mine).flatMap(k -> k.namesakes(entry.event()).stream()).toList();
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
      receipts.add(
          earlier.isEmpty()
              ? new Receipt(entry.event().id(), entry.deliveries().size(), false)
              : earlier.get(0).receipt(entry));
    }
    known.addAll(mine);
    fresh.addAll(accepted);
    return new Stored(receipts);
  }
}
