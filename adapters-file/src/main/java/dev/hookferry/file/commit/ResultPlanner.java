package dev.hookferry.file.commit;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.file.commit.CommitPlan.Planned;
import dev.hookferry.file.pending.PendingIndex;
import dev.hookferry.file.pending.PendingRows;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.HandBack;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Plans the results and hand-backs of one batch. Refuses any for deliveries that the committing
 * owner does not own.
 */
public final class ResultPlanner {
  private final CommitPlan plan;
  private final PendingIndex pending;
  private final int owner;
  private final Set<DeliveryId> refused = new HashSet<>();

  /** Deliveries with an ordering key that have ended. */
  private final List<Delivery> ended = new ArrayList<>();

  /**
   * Creates a planner for one batch.
   *
   * @param owner number of the committing owner
   */
  public ResultPlanner(CommitPlan plan, PendingIndex pending, int owner) {
    this.plan = plan;
    this.pending = pending;
    this.owner = owner;
  }

  /** Returns the deliveries that were refused because the owner does not own them. */
  public Set<DeliveryId> refused() {
    return refused;
  }

  public void result(AttemptResult result) {
    DeliveryId id = result.delivery().id();
    Planned before = plan.planned(id);
    int slot = before == null ? pending.find(id) : -1;
    if (before == null && slot < 0) {
      plan.noteFresh();
      before = plan.planned(id);
    }
    SiteId site = result.delivery().site();
    if (before != null && isOwned(before, site)) {
      change(before, result);
    } else if (slot >= 0 && isOwned(slot, site)) {
      Planned kept = new Planned(result.delivery(), pending.event(slot), true);
      change(kept, result);
    } else {
      refused.add(id);
    }
  }

  private void change(Planned before, AttemptResult result) {
    plan.change(before, result, null);
    if (result.delivery().orderingKey() != null && result.delivery().state().isFinal()) {
      ended.add(result.delivery());
    }
  }

  /** Returns whether a delivery that ended is followed by another, which can now be claimed. */
  public boolean isPromoting() {
    return ended.stream().anyMatch(plan::isFollowed);
  }

  public void handBack(HandBack handBack) {
    DeliveryId id = handBack.delivery();
    Planned before = plan.planned(id);
    int slot = before == null ? pending.find(id) : -1;
    if (before == null && slot < 0) {
      plan.noteFresh();
      before = plan.planned(id);
    }
    SiteId site = handBack.site();
    boolean owned =
        before != null
            ? isOwned(before, site)
            : slot >= 0 && isOwned(slot, site) && !plan.isHandedBack(id);
    if (owned) {
      plan.handBack(id, before);
    } else {
      refused.add(id);
    }
  }

  private static boolean isOwned(Planned before, SiteId site) {
    return before.owned() && before.delivery().site().equals(site);
  }

  private boolean isOwned(int slot, SiteId site) {
    synchronized (pending) {
      int kind = pending.rows().lower(slot, PendingRows.LANE);
      return owner != PendingIndex.NOBODY
          && pending.owner(slot) == owner
          && pending.names().kind(kind).site().equals(site);
    }
  }
}
