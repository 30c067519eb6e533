package dev.hookferry.engine.commit;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.engine.dispatch.OwnedDelivery;
import dev.hookferry.engine.outcome.FailureCount;
import dev.hookferry.event.Receipt;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.Command;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.commit.Release;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What goes into one commit, with those who wait for it. Filled while it is open, then written. */
public final class Commit {
  /** A publication and who waits for its receipts, or for the attempt if it is a test. */
  public record Publishing(
      PublishEntry publication,
      CompletableFuture<List<Receipt>> answer,
      @Nullable CompletableFuture<Attempt> test,
      long bytes) {
    public Publishing(
        PublishEntry publication,
        CompletableFuture<List<Receipt>> answer,
        @Nullable CompletableFuture<Attempt> test) {
      this(publication, answer, test, bytes(publication));
    }

    int events() {
      return publication.entries().size();
    }

    private PublishEntry disowned() {
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
        sum += entry.event().payload().size();
      }
      return sum;
    }
  }

  /** A result and the delivery that it is about. */
  public record Recording(OwnedDelivery held, AttemptResult result) {}

  /** A delivery given back. */
  public record Releasing(OwnedDelivery held) {}

  /** A command, and what the engine does with its reply or its failure. */
  public record Asking(
      Command command, Consumer<Command.Reply> then, Consumer<RuntimeException> orElse) {}

  public final List<Publishing> publishings = new ArrayList<>();
  public final List<Recording> recordings = new ArrayList<>();
  public final List<Releasing> releasings = new ArrayList<>();
  public final List<Asking> askings = new ArrayList<>();

  /** The node's incarnation when it was written. */
  public long incarnation;

  /** Whether an earlier try may have been written: then no later failure proves the contrary. */
  public boolean doubtful;

  /** Whether its deliveries are nobody's, because the owner of an earlier try is no more. */
  public boolean disowned;

  /** How often the store failed at it while it was the only entry. */
  final FailureCount tries = new FailureCount();

  /** Whether nothing may be added any more: it is a part of one that the store refused. */
  boolean closed;

  private int entries;
  private long bytes;

  /** A commit of one result, for itself. */
  public static Commit of(Recording recording) {
    Commit one = new Commit();
    one.closed = true;
    one.add(recording);
    return one;
  }

  void add(Publishing publishing) {
    publishings.add(publishing);
    entries += publishing.events();
    bytes += publishing.bytes();
  }

  public void add(Recording recording) {
    recordings.add(recording);
    entries++;
  }

  public void add(Releasing releasing) {
    releasings.add(releasing);
    entries++;
  }

  public void add(Asking asking) {
    askings.add(asking);
    entries++;
  }

  /** Forgets results and releases, which only the owner of their deliveries can write. */
  public void dropOwned() {
    entries -= recordings.size() + releasings.size();
    recordings.clear();
    releasings.clear();
  }

  /** The owner that tried to write it was given up: what it publishes now belongs to nobody. */
  void disown() {
    disowned = true;
    dropOwned();
  }

  /** Takes out the results of deliveries that prove, by being claimed again, that it is written. */
  public List<Recording> takeProven(Predicate<DeliveryId> claimed) {
    List<Recording> proven =
        recordings.stream().filter(r -> claimed.test(r.held().delivery().id())).toList();
    recordings.removeAll(proven);
    entries -= proven.size();
    return proven;
  }

  /** The same of releases. */
  public List<Releasing> takeProvenReleases(Predicate<DeliveryId> claimed) {
    List<Releasing> proven =
        releasings.stream().filter(r -> claimed.test(r.held().delivery().id())).toList();
    releasings.removeAll(proven);
    entries -= proven.size();
    return proven;
  }

  /** Of how many things it is made that the store can take or refuse each by itself. */
  public int parts() {
    return publishings.size() + recordings.size() + releasings.size() + askings.size();
  }

  /** Whether it is one result or one release. */
  public boolean isAlone() {
    return parts() == 1 && recordings.size() + releasings.size() == 1;
  }

  /** Whether it is one entry at which the store fails again and again. */
  public boolean isApart() {
    return parts() == 1 && tries().isMany();
  }

  /** Whether it has nothing that only the owner of a delivery can write. */
  boolean isPublication() {
    return recordings.isEmpty() && releasings.isEmpty() && askings.isEmpty();
  }

  /** What counts the failures of its only entry. */
  public FailureCount tries() {
    if (!recordings.isEmpty()) {
      return recordings.get(0).held().tries;
    }
    return releasings.isEmpty() ? tries : releasings.get(0).held().tries;
  }

  /** The same as two commits, to be written in this order. */
  List<Commit> halves() {
    List<Commit> halves = List.of(part(), part());
    int half = parts() / 2;
    int[] seen = new int[1];
    publishings.forEach(one -> halves.get(seen[0]++ < half ? 0 : 1).add(one));
    recordings.forEach(one -> halves.get(seen[0]++ < half ? 0 : 1).add(one));
    releasings.forEach(one -> halves.get(seen[0]++ < half ? 0 : 1).add(one));
    askings.forEach(one -> halves.get(seen[0]++ < half ? 0 : 1).add(one));
    return halves;
  }

  private Commit part() {
    Commit part = new Commit();
    part.closed = true;
    part.incarnation = incarnation;
    part.doubtful = doubtful;
    part.disowned = disowned;
    return part;
  }

  /** Takes its publications out; nothing of them is written yet. */
  List<Publishing> withdraw() {
    List<Publishing> all = List.copyOf(publishings);
    publishings.clear();
    entries -= all.stream().mapToInt(Publishing::events).sum();
    bytes = 0;
    return all;
  }

  boolean isEmpty() {
    return entries == 0;
  }

  /** How many events, results, releases and commands it has. */
  int entries() {
    return entries;
  }

  /** How many bytes of payload it has. */
  long bytes() {
    return bytes;
  }

  /** What the store gets. */
  Batch batch() {
    return new Batch(
        publishings.stream().map(p -> disowned ? p.disowned() : p.publication()).toList(),
        recordings.stream().map(Recording::result).toList(),
        releasings.stream()
            .map(r -> new Release(r.held().delivery().site(), r.held().delivery().id()))
            .toList(),
        askings.stream().map(Asking::command).toList());
  }
}
