package dev.hookferry.store.commit;

import dev.hookferry.event.Receipt;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The result of a commit.
 *
 * @param publications the result of each publication, in the order of the batch
 * @param refused deliveries whose result or hand-back was not written, because the committing owner
 *     does not own them, or no longer does; the rest of the batch was written
 * @param replies the reply to each command, in the order of the batch
 * @param promoted whether a result ended the first of the queue of an ordering key and another
 *     delivery followed it, which can be claimed now. A store that does not know says true
 */
public record CommitResult(
    List<Published> publications,
    Set<DeliveryId> refused,
    List<Command.Reply> replies,
    boolean promoted) {
  /** Creates the result of a store that does not know whether it promoted a delivery. */
  public CommitResult(
      List<Published> publications, Set<DeliveryId> refused, List<Command.Reply> replies) {
    this(publications, refused, replies, true);
  }

  public CommitResult {
    Objects.requireNonNull(publications, "publications");
    Objects.requireNonNull(refused, "refused");
    Objects.requireNonNull(replies, "replies");
    publications = List.copyOf(publications);
    refused = Collections.unmodifiableSet(new LinkedHashSet<>(refused));
    replies = List.copyOf(replies);
  }

  /** The result of a publication. */
  public sealed interface Published {
    /** Calls the fold's method for this kind of reply and returns what it returns. */
    <R> R fold(Fold<R> fold);

    /**
     * Handles each kind of result. A new kind adds a method, so no caller stays without a reply.
     *
     * @param <R> the type of the result
     */
    interface Fold<R> {
      /** Folds the result of a durable publication. */
      R stored(Stored stored);

      /** Folds a conflict with an earlier event. */
      R conflicting(Conflicting conflict);

      /** Folds a publication for an earlier configuration. */
      R outdated(Outdated outdated);
    }
  }

  /**
   * The publication is durable.
   *
   * @param receipts one per entry; a repeat has the receipt of the first publish
   * @param unowned deliveries with an ordering key that the committing owner does not own after the
   *     commit, although the publication says {@link PublishEntry.Queued#owned}: those that wait
   *     behind others, and those of events that an earlier try of the commit stored
   */
  public record Stored(List<Receipt> receipts, Set<DeliveryId> unowned) implements Published {
    public Stored {
      Objects.requireNonNull(receipts, "receipts");
      Objects.requireNonNull(unowned, "unowned");
      receipts = List.copyOf(receipts);
      unowned = Set.copyOf(unowned);
    }

    /** Creates a result for publications all of whose deliveries are owned as they say. */
    public Stored(List<Receipt> receipts) {
      this(receipts, Set.of());
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.stored(this);
    }
  }

  /**
   * None of its events was accepted: one has the id or idempotency key of an earlier event, but
   * other content. Other publications of the batch are not affected.
   *
   * @param index of the offending entry
   * @param existing the id of the earlier event
   */
  public record Conflicting(int index, EventId existing) implements Published {
    public Conflicting {
      Objects.requireNonNull(existing, "existing");
    }

    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.conflicting(this);
    }
  }

  /**
   * None of its events is stored, neither by this commit nor by an earlier try of it: the
   * configuration has changed since their deliveries were chosen. Other publications of the batch
   * are not affected.
   *
   * @param config the current version of the configuration, or at least one newer than the
   *     publication's
   */
  public record Outdated(long config) implements Published {
    @Override
    public <R> R fold(Fold<R> fold) {
      return fold.outdated(this);
    }
  }
}
