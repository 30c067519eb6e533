package dev.hookferry.engine.commit;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.event.Receipt;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An entry of a commit with its waiting callers; the store accepts or rejects it as a whole. */
public sealed interface CommitEntry {
  /** Calls the method of the handler for this kind of entry. */
  void accept(Handler handler);

  /** Returns the number of new events. */
  default int events() {
    return 0;
  }

  /** Returns the payload bytes of the new events. */
  default long bytes() {
    return 0;
  }

  /**
   * Returns the owned delivery that the entry releases, so that only the owner can write it; null
   * for entries that any node can write.
   */
  default @Nullable OwnedDelivery owned() {
    return null;
  }

  /** Returns whether the entry makes existing deliveries available to claims. */
  default boolean releasesDeliveries() {
    return true;
  }

  /** Visitor with a method per kind of entry. */
  interface Handler {
    void publish(Publish entry);

    void result(RecordResult entry);

    void handBack(HandBackEntry entry);

    void command(AdminCommand entry);
  }

  /**
   * Numbers of endpoints that were skipped for an event although they subscribe to its type.
   *
   * @param filtered number skipped because of their filters
   * @param unroutable number skipped because the event lacks routing values that their URLs need
   */
  record SkippedCounts(int filtered, int unroutable) {
    static final SkippedCounts NONE = new SkippedCounts(0, 0);

    /** Returns the given counts; a shared instance in the usual case that both are zero. */
    public static SkippedCounts of(int filtered, int unroutable) {
      return filtered + unroutable == 0 ? NONE : new SkippedCounts(filtered, unroutable);
    }
  }

  /**
   * Stores new events.
   *
   * @param publication the events with their deliveries
   * @param reply completed with the receipts
   * @param test completed with the attempt, if the event is a test; otherwise null
   * @param skipped counts of skipped endpoints for each event, in order; empty if there are none
   * @param bytes payload bytes of the events
   */
  record Publish(
      PublishEntry publication,
      CompletableFuture<List<Receipt>> reply,
      @Nullable CompletableFuture<Attempt> test,
      List<SkippedCounts> skipped,
      long bytes)
      implements CommitEntry {
    /** Creates an entry for events and counts its bytes. */
    public Publish(
        PublishEntry publication,
        CompletableFuture<List<Receipt>> reply,
        List<SkippedCounts> skipped) {
      this(publication, reply, null, skipped, bytes(publication));
    }

    /** Creates an entry for a test event. */
    public Publish(
        PublishEntry publication,
        CompletableFuture<List<Receipt>> reply,
        @Nullable CompletableFuture<Attempt> test) {
      this(publication, reply, test, List.of(), bytes(publication));
    }

    /** Returns the counts of endpoints that were skipped for the event at an index. */
    public SkippedCounts skipped(int index) {
      return skipped.isEmpty() ? SkippedCounts.NONE : skipped.get(index);
    }

    @Override
    public void accept(Handler handler) {
      handler.publish(this);
    }

    @Override
    public int events() {
      return publication.entries().size();
    }

    @Override
    public boolean releasesDeliveries() {
      return false;
    }

    /**
     * Returns the publication without owned deliveries, for when the owner that accepted it is
     * gone.
     */
    PublishEntry disowned() {
      return new PublishEntry(
          publication.entries().stream()
              .map(
                  entry ->
                      new PublishEntry.Entry(
                          entry.event(),
                          entry.deliveries().stream()
                              .map(q -> new PublishEntry.Queued(q.delivery(), false))
                              .toList()))
              .toList(),
          publication.config());
    }

    private static long bytes(PublishEntry publication) {
      long sum = 0;
      for (PublishEntry.Entry entry : publication.entries()) {
        sum += entry.event().size();
      }
      return sum;
    }
  }

  /**
   * Records the result of an owned delivery.
   *
   * @param owned the delivery
   * @param result its result
   * @param rejectedAt the number of commits written when the store first rejected this result, or
   *     {@link #NEVER}
   */
  record RecordResult(OwnedDelivery owned, AttemptResult result, long rejectedAt)
      implements CommitEntry {
    /** Value of {@link #rejectedAt} while the store has not rejected the result. */
    public static final long NEVER = -1;

    /** Creates an entry that the store has not rejected. */
    public RecordResult(OwnedDelivery owned, AttemptResult result) {
      this(owned, result, NEVER);
    }

    @Override
    public void accept(Handler handler) {
      handler.result(this);
    }
  }

  /** Returns an owned delivery to the store, unsent. */
  record HandBackEntry(OwnedDelivery owned) implements CommitEntry {
    @Override
    public void accept(Handler handler) {
      handler.handBack(this);
    }
  }

  /**
   * Runs a command of a user.
   *
   * @param then called with the reply
   * @param orElse called with the failure, if the command had no effect
   */
  record AdminCommand(Command command, ReplyHandler then, Consumer<RuntimeException> orElse)
      implements CommitEntry {
    /** Handles the reply to a command. */
    public interface ReplyHandler {
      /**
       * Handles the reply.
       *
       * @param isRepeated whether an earlier try of the same commit may have been written, in which
       *     case the reply may reflect the command's own effect
       */
      void accept(Command.Reply reply, boolean isRepeated);
    }

    @Override
    public void accept(Handler handler) {
      handler.command(this);
    }
  }
}
