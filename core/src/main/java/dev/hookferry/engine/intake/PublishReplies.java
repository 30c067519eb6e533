package dev.hookferry.engine.intake;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.engine.commit.CommitEntry;
import dev.hookferry.engine.commit.CommitEntry.SkippedCounts;
import dev.hookferry.engine.dispatch.Dispatcher;
import dev.hookferry.engine.dispatch.Lanes;
import dev.hookferry.engine.effect.Effects;
import dev.hookferry.event.Event;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.refusal.ConflictException;
import dev.hookferry.refusal.OverloadedException;
import dev.hookferry.refusal.UnstorableEventException;
import dev.hookferry.store.ClaimResult.Work;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.PublishEntry.Entry;
import dev.hookferry.store.commit.PublishEntry.Queued;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Completes publications once their commit has ended: admits the deliveries, or frees the places
 * that were reserved for them, and replies to the caller.
 */
public final class PublishReplies {
  private final Effects effects;
  private final Lanes lanes;
  private final Dispatcher dispatcher;

  /** Creates replies to publications whose deliveries go to these lanes. */
  public PublishReplies(Effects effects, Lanes lanes, Dispatcher dispatcher) {
    this.effects = effects;
    this.lanes = lanes;
    this.dispatcher = dispatcher;
  }

  /**
   * Handles the store's reply to a publication: stored, conflicting or outdated.
   *
   * @param owned whether this node is still the owner under which it was written
   */
  public void committed(CommitEntry.Publish entry, CommitResult.Published outcome, boolean owned) {
    effects.reply(entry.reply(), outcome.fold(new Reply(entry, owned)));
  }

  /** Handles a publication that was not written. */
  public void failed(CommitEntry.Publish entry, Throwable cause) {
    giveBack(entry, entry.publication().entries());
    refuse(entry, unavailable(cause));
  }

  /** Fails the callers of a commit in doubt, because it may stay in doubt for a long time. */
  public void unknown(List<CommitEntry> entries) {
    for (CommitEntry entry : entries) {
      if (entry instanceof CommitEntry.Publish publish) {
        refuse(
            publish,
            OverloadedException.soon(
                "it is unknown whether the event was stored; publish it again with the same id"));
      }
    }
  }

  /** Fails a publication that the store can never accept. */
  public void refused(CommitEntry.Publish entry, RuntimeException cause) {
    giveBack(entry, entry.publication().entries());
    refuse(entry, new UnstorableEventException("the store rejects this event", cause));
  }

  private void begin(
      CommitEntry.Publish publish, int index, boolean owned, Set<DeliveryId> unowned) {
    Entry entry = publish.publication().entries().get(index);
    CompletableFuture<Attempt> test = publish.test();
    Event event = entry.event();
    effects.notifyOfEvent(event, listener -> listener.accepted(event, entry.deliveries().size()));
    SkippedCounts skipped = publish.skipped(index);
    if (skipped.filtered() > 0) {
      effects.notifyOfEvent(event, listener -> listener.filtered(event, skipped.filtered()));
    }
    if (skipped.unroutable() > 0) {
      effects.notifyOfEvent(event, listener -> listener.unroutable(event, skipped.unroutable()));
    }
    for (Queued queued : entry.deliveries()) {
      Work work = new Work(queued.delivery(), event);
      if (test != null && owned) {
        dispatcher.sendTest(work, test);
        continue;
      } else if (test != null) {
        fail(test, OverloadedException.soon("the test could not be sent"));
        dispatcher.claimAt(event.acceptedAt());
        continue;
      }
      if (queued.owned()) {
        lanes.releaseReservation(queued.delivery().endpoint(), event.size());
      }
      if (queued.owned() && owned && !unowned.contains(queued.delivery().id())) {
        dispatcher.admitFresh(work, event.acceptedAt());
      } else if (!lanes.isShut(queued.delivery().endpoint())) {
        dispatcher.claimAt(queued.delivery().dueAt());
      }
    }
  }

  /** Frees the places reserved in lanes; a test has none. */
  private void giveBack(CommitEntry.Publish publish, List<Entry> entries) {
    for (Entry entry : publish.test() == null ? entries : List.<Entry>of()) {
      for (Queued queued : entry.deliveries()) {
        if (queued.owned()) {
          lanes.releaseReservation(queued.delivery().endpoint(), entry.event().size());
        }
      }
    }
  }

  /** Returns the refusal of an event that could not be written. */
  public static RuntimeException unavailable(Throwable cause) {
    RuntimeException refusal =
        OverloadedException.soon(
            cause instanceof StoreFullException
                ? "the store has no room for new events"
                : "the store is unavailable; publishing again with the same id is safe");
    refusal.initCause(cause);
    return refusal;
  }

  private void refuse(CommitEntry.Publish entry, RuntimeException refusal) {
    fail(entry.reply(), refusal);
    failTest(entry, refusal);
  }

  private void failTest(CommitEntry.Publish entry, RuntimeException refusal) {
    if (entry.test() != null) {
      fail(entry.test(), refusal);
    }
  }

  private void fail(CompletableFuture<?> reply, RuntimeException refusal) {
    effects.reply(reply, () -> reply.completeExceptionally(refusal));
  }

  /** Applies an outcome and returns the reply to the caller. */
  private final class Reply implements CommitResult.Published.Fold<Runnable> {
    private final CommitEntry.Publish entry;
    private final List<Entry> entries;
    private final boolean owned;

    Reply(CommitEntry.Publish entry, boolean owned) {
      this.entry = entry;
      this.owned = owned;
      entries = entry.publication().entries();
    }

    @Override
    public Runnable stored(CommitResult.Stored stored) {
      for (int i = 0; i < entries.size(); i++) {
        if (stored.receipts().get(i).repeated()) {
          giveBack(entry, List.of(entries.get(i)));
        } else {
          begin(entry, i, owned, stored.unowned());
        }
      }
      return () -> entry.reply().complete(stored.receipts());
    }

    @Override
    public Runnable conflicting(CommitResult.Conflicting conflict) {
      EventId id = entries.get(conflict.index()).event().id();
      return refusal(
          new ConflictException(
              id.equals(conflict.existing())
                  ? "event " + id + " already exists with different content; use a new id"
                  : "the Idempotency-Key belongs to event "
                      + conflict.existing()
                      + ", which has different content; use a new key"));
    }

    @Override
    public Runnable outdated(CommitResult.Outdated outdated) {
      return refusal(new OutdatedConfigException(outdated.config()));
    }

    private Runnable refusal(RuntimeException refusal) {
      giveBack(entry, entries);
      failTest(entry, refusal);
      return () -> entry.reply().completeExceptionally(refusal);
    }
  }
}
