package dev.hookferry.engine.commit;

import dev.hookferry.engine.owned.OwnedDelivery;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.CommitResult;
import dev.hookferry.store.commit.HandBack;
import dev.hookferry.store.commit.PublishEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/** Entries that are written together or not at all. */
public final class Commit {
  private final List<CommitEntry> entries = new ArrayList<>();
  private CommitState state = CommitState.OPEN;
  private long incarnation;
  private int failures;
  private int size;
  private long bytes;

  /** Creates a commit of a single entry, which takes no others. */
  static Commit of(CommitEntry entry) {
    Commit one = new Commit();
    one.add(entry);
    one.on(CommitStep.CLOSE);
    return one;
  }

  /** Returns the entries in the order in which they were added; unmodifiable. */
  public List<CommitEntry> entries() {
    return Collections.unmodifiableList(entries);
  }

  /** Returns the state. */
  public CommitState state() {
    return state;
  }

  /** Returns the incarnation of this node that first tried to write the entries. */
  public long incarnation() {
    return incarnation;
  }

  /** Returns how often the store has failed to write it. */
  public int failures() {
    return failures;
  }

  /** Appends an entry. */
  void add(CommitEntry entry) {
    entries.add(entry);
    size += size(entry);
    bytes += entry.bytes();
  }

  /**
   * Starts a try. A commit in doubt belongs to the incarnation that first tried it; if that is no
   * longer the current one, its results and hand-backs are dropped.
   *
   * @return the batch for the store
   */
  Batch start(long current) {
    boolean disowned = state == CommitState.IN_DOUBT && incarnation != current;
    if (disowned) {
      dropOwned();
    } else {
      incarnation = current;
    }
    on(CommitStep.START);
    return batch(disowned);
  }

  /** Changes its state according to {@link CommitState}. */
  void on(CommitStep step) {
    state = state.on(step);
  }

  /** Changes its state after a failure and counts the failure. */
  void fail(CommitStep failure) {
    on(failure);
    failures++;
  }

  /** Drops results and hand-backs, which only the owner of their deliveries can write. */
  void dropOwned() {
    take(entry -> entry.owned() != null);
  }

  /**
   * Removes and returns the results and hand-backs that must have been written, because the store
   * has handed out their deliveries again.
   */
  public List<CommitEntry> takeProven(Predicate<DeliveryId> claimedAgain) {
    return take(
        entry -> {
          OwnedDelivery owned = entry.owned();
          return owned != null && claimedAgain.test(owned.delivery().id());
        });
  }

  /** Removes and returns the new events of a commit that was not tried yet. */
  List<CommitEntry> takeEvents() {
    return take(entry -> entry.events() > 0);
  }

  private List<CommitEntry> take(Predicate<CommitEntry> which) {
    List<CommitEntry> taken = entries.stream().filter(which).toList();
    if (!taken.isEmpty()) {
      entries.removeIf(which);
      size -= taken.stream().mapToInt(Commit::size).sum();
      bytes -= taken.stream().mapToLong(CommitEntry::bytes).sum();
    }
    return taken;
  }

  /** Returns the entries as two commits, to be written in this order. */
  List<Commit> halves() {
    int half = entries.size() / 2;
    return List.of(part(entries.subList(0, half)), part(entries.subList(half, entries.size())));
  }

  private Commit part(List<CommitEntry> some) {
    Commit part = new Commit();
    some.forEach(part::add);
    part.incarnation = incarnation;
    part.state = state;
    // Failed tries of a commit that is not in doubt wrote nothing, so they do not count.
    part.failures = state == CommitState.IN_DOUBT ? failures : 0;
    return part;
  }

  /** Returns whether it has no entries. */
  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Returns whether its outcome must be known before anything is claimed. */
  boolean isBlocking() {
    boolean inDoubt = state == CommitState.IN_DOUBT || state == CommitState.REPEATING;
    return inDoubt && entries.stream().anyMatch(CommitEntry::releasesDeliveries);
  }

  /** Returns the number of events, results, hand-backs and commands. */
  int size() {
    return size;
  }

  private static int size(CommitEntry entry) {
    return Math.max(1, entry.events());
  }

  /** Returns the payload bytes of the new events. */
  long bytes() {
    return bytes;
  }

  private Batch batch(boolean disowned) {
    BatchAssembler writer = new BatchAssembler(disowned);
    for (CommitEntry entry : entries) {
      entry.accept(writer);
    }
    return new Batch(writer.publications, writer.results, writer.handBacks, writer.commands);
  }

  /**
   * Passes each entry to the handler, with its part of the store's reply, which is in the order of
   * the batch.
   */
  public void written(CommitResult done, WrittenHandler handler) {
    ReplyReader reader = new ReplyReader(done, handler);
    for (CommitEntry entry : entries) {
      entry.accept(reader);
    }
  }

  /** Pairs the entries with the replies: the counterpart of {@link BatchAssembler}. */
  private static final class ReplyReader implements CommitEntry.Handler {
    private final Iterator<CommitResult.Published> publications;
    private final Iterator<Command.Reply> replies;
    private final WrittenHandler handler;

    ReplyReader(CommitResult done, WrittenHandler handler) {
      publications = done.publications().iterator();
      replies = done.replies().iterator();
      this.handler = handler;
    }

    @Override
    public void publish(CommitEntry.Publish entry) {
      handler.publish(entry, publications.next());
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      handler.result(entry);
    }

    @Override
    public void handBack(CommitEntry.HandBackEntry entry) {
      handler.handBack(entry);
    }

    @Override
    public void command(CommitEntry.AdminCommand entry) {
      handler.command(entry, replies.next());
    }
  }

  /** Sorts entries by kind, as the store expects them. */
  private static final class BatchAssembler implements CommitEntry.Handler {
    final List<PublishEntry> publications = new ArrayList<>();
    final List<AttemptResult> results = new ArrayList<>();
    final List<HandBack> handBacks = new ArrayList<>();
    final List<Command> commands = new ArrayList<>();
    private final boolean disowned;

    BatchAssembler(boolean disowned) {
      this.disowned = disowned;
    }

    @Override
    public void publish(CommitEntry.Publish entry) {
      publications.add(disowned ? entry.disowned() : entry.publication());
    }

    @Override
    public void result(CommitEntry.RecordResult entry) {
      results.add(entry.result());
    }

    @Override
    public void handBack(CommitEntry.HandBackEntry entry) {
      handBacks.add(new HandBack(entry.owned().delivery().site(), entry.owned().delivery().id()));
    }

    @Override
    public void command(CommitEntry.AdminCommand entry) {
      commands.add(entry.command());
    }
  }
}
