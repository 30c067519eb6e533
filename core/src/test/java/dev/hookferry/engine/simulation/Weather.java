package dev.hookferry.engine.simulation;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Event;
import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.commit.Batch;
import java.time.Duration;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The store's current behaviour, in virtual time. */
final class Weather {
  private final Agenda agenda;
  private final Random random;

  /** The type of an answer that this store cannot keep. */
  static final String UNFIT = "unfit";

  /** Called when something was refused. */
  Runnable whenUnfit = () -> {};

  /** Whether nothing comes through. */
  boolean down;

  /** How often of a hundred times a call fails before it does anything. */
  int failing;

  /** How often of a hundred times nobody learns what a commit did. */
  int doubtful;

  /** How long a call takes at most. */
  Duration slowness = Duration.ofMillis(5);

  Weather(Agenda agenda, Random random) {
    this.agenda = agenda;
    this.random = random;
  }

  void calm() {
    down = false;
    failing = 0;
    doubtful = 0;
    slowness = Duration.ofMillis(5);
  }

  /** The caller: a node that may be cut off, or die during the call. */
  interface Caller {
    boolean reaches();
  }

  /**
   * Does something in the store, and answers later.
   *
   * @param losable whether the store may do it and the answer be lost
   */
  <T> void call(
      Caller caller,
      boolean losable,
      Supplier<T> work,
      Consumer<T> then,
      Consumer<RuntimeException> orElse) {
    agenda.after(
        pause(),
        () -> {
          T done;
          try {
            done = now(caller, losable, work);
          } catch (StoreException e) {
            agenda.after(pause(), () -> orElse.accept(e));
            return;
          }
          agenda.after(pause(), () -> then.accept(done));
        });
  }

  /**
   * Does something in the store at once.
   *
   * @param losable whether the store may do it and the answer be lost
   * @throws StoreException if it fails, or nobody learns whether it did
   */
  <T> T now(Caller caller, boolean losable, Supplier<T> work) {
    if (down || !caller.reaches() || random.nextInt(100) < failing) {
      throw new StoreException("injected: down");
    }
    boolean lost = losable && random.nextInt(100) < doubtful;
    if (lost && random.nextBoolean()) {
      throw unknown();
    }
    T done = work.get();
    if (lost) {
      throw unknown();
    }
    return done;
  }

  /** Refuses a batch that holds something which this store will never take. */
  void judge(Batch batch) {
    boolean event =
        batch.publications().stream()
            .flatMap(publication -> publication.entries().stream())
            .anyMatch(entry -> isUnfit(entry.event()));
    boolean answer =
        batch.results().stream().anyMatch(r -> r.attempt() != null && isUnfit(r.attempt()));
    if (event || answer) {
      whenUnfit.run();
      StoreException cause = new StoreException("injected: unfit");
      throw new RejectedBatchException("injected: unfit", cause);
    }
  }

  static boolean isUnfit(Event event) {
    return event.payload().size() % 97 == 0;
  }

  private static boolean isUnfit(Attempt attempt) {
    Response response = attempt.outcome().response();
    return response != null && UNFIT.equals(response.contentType());
  }

  private static StoreException unknown() {
    return new UnknownOutcomeException("injected: lost", new StoreException("injected"));
  }

  private Duration pause() {
    return Duration.ofMillis(random.nextInt((int) slowness.toMillis() + 1));
  }
}
