package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.file.commit.CommitPlan.Planned;
import dev.hookferry.file.pending.PendingDelivery;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.record.JournalRecord.ChangeRecord;
import dev.hookferry.file.search.RecordLookup;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.Command.Kind;
import dev.hookferry.store.commit.Command.Reply;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans the commands of one batch. Not thread-safe. */
public final class CommandPlanner implements Command.Fold<Reply, IOException> {
  private final CommitPlan plan;
  private final PendingIndex pending;
  private final RecordLookup lookup;

  public CommandPlanner(CommitPlan plan, PendingIndex pending, RecordLookup lookup) {
    this.plan = plan;
    this.pending = pending;
    this.lookup = lookup;
  }

  @Override
  public Reply retry(Command.Retry command) throws IOException {
    Planned now = current(command.site(), command.delivery());
    if (now != null && now.delivery().state() == DeliveryState.WAITING) {
      return new Reply(Kind.WAITING, 0);
    }
    return now == null || now.owned()
        ? untouched(now)
        : change(now, command.applyTo(now.delivery()));
  }

  @Override
  public Reply cancel(Command.Cancel command) throws IOException {
    Planned now = current(command.site(), command.delivery());
    return now == null || now.owned() || now.delivery().state().isFinal()
        ? untouched(now)
        : change(now, now.delivery().cancelled(command.at()));
  }

  @Override
  public Reply skip(Command.Skip command) throws IOException {
    Planned now = current(command.site(), command.delivery());
    if (now == null || now.owned()) {
      return now == null ? untouched(now) : new Reply(Kind.OWNED, 0);
    }
    return now.delivery().state() == DeliveryState.BLOCKED
        ? change(now, now.delivery().skipped(command.at()))
        : new Reply(Kind.NOT_BLOCKED, 0);
  }

  @Override
  public Reply deliver(Command.Deliver command) throws IOException {
    return new DeliveryPlanner(plan, lookup).deliver(command);
  }

  private static Reply untouched(@Nullable Planned now) {
    Kind kind =
        now == null ? Kind.NOT_FOUND : now.delivery().state().isFinal() ? Kind.FINAL : Kind.OWNED;
    return new Reply(kind, 0);
  }

  private Reply change(Planned now, Delivery after) throws IOException {
    plan.change(
        now, new AttemptResult(after, null), after.state().isFinal() ? null : revived(now, after));
    return new Reply(Kind.DONE, 1);
  }

  /**
   * Returns the pending row for a delivery that may not be pending yet; null if its event is gone.
   */
  private @Nullable PendingDelivery revived(Planned now, Delivery after) throws IOException {
    Optional<PendingDelivery> known = pending.get(after.id());
    if (known.isPresent()) {
      return known.get();
    }
    PendingDelivery fresh = plan.published(now.eventSequence(), after);
    if (fresh != null) {
      return fresh;
    }
    return lookup
        .event(after.site(), after.event())
        .map(found -> PendingDelivery.of(after, found.place(), found.record().payloadSize()))
        .orElse(null);
  }

  @Override
  public Reply abandon(Command.Abandon abandon) throws IOException {
    int count = 0;
    List<PendingDelivery> free =
        pending.reserve(abandon.endpoint(), abandon.site(), abandon.atMost(), CommitPlan.COMMIT);
    free.forEach(one -> plan.setAside(one.id()));
    for (PendingDelivery one : free) {
      Planned now = whole(one, false);
      change(now, now.delivery().cancelled(abandon.at()));
      count++;
    }
    for (DeliveryId id : plan.handedBack()) {
      current(abandon.site(), id);
    }
    for (Planned one : plan.touched()) {
      boolean isAffected =
          one.delivery().site().equals(abandon.site())
              && one.delivery().endpoint().equals(abandon.endpoint())
              && !one.delivery().state().isFinal();
      if (isAffected && !one.owned() && count < abandon.atMost()) {
        change(one, one.delivery().cancelled(abandon.at()));
        count++;
      }
    }
    return new Reply(Kind.DONE, count);
  }

  /**
   * Returns a delivery of a site as it is after the steps planned so far; null if there is none. A
   * free delivery is set aside, so that it is not claimed while the commit is running.
   */
  private @Nullable Planned current(SiteId site, DeliveryId id) throws IOException {
    Planned now = plan.planned(id);
    if (now == null) {
      now = stored(site, id);
    }
    if (now == null) {
      plan.noteFresh();
      now = plan.planned(id);
    }
    return now == null || !now.delivery().site().equals(site) ? null : plan.inTurn(now);
  }

  private @Nullable Planned stored(SiteId site, DeliveryId id) throws IOException {
    Optional<PendingDelivery> waiting = pending.get(id);
    if (waiting.isEmpty()) {
      Optional<ChangeRecord> settled = lookup.settled(id);
      return settled.map(c -> new Planned(c.delivery(), c.eventSequence(), false)).orElse(null);
    }
    if (!waiting.get().site().equals(site)) {
      return null;
    }
    boolean isHandedBack = plan.isHandedBack(id);
    if (!isHandedBack && !pending.reserve(pending.find(id), CommitPlan.COMMIT)) {
      return whole(waiting.get(), true);
    }
    if (!isHandedBack) {
      plan.setAside(id);
    }
    Planned free = whole(waiting.get(), false);
    plan.note(free);
    return free;
  }

  private Planned whole(PendingDelivery waiting, boolean owned) throws IOException {
    Delivery delivery = waiting.delivery(lookup.eventIdIfIntact(waiting.event()));
    return new Planned(delivery, waiting.event().sequence(), owned);
  }
}
