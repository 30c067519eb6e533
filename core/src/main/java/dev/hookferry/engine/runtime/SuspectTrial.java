package dev.hookferry.engine.runtime;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.Message;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Records in the store that a suspect is on trial before sending it; does not send it without that
 * note.
 */
final class SuspectTrial {
  private final InFlightJournal flights;
  private final Consumer<Message> post;

  SuspectTrial(InFlightJournal flights, Consumer<Message> post) {
    this.flights = flights;
    this.post = post;
  }

  /** Sends the suspect, or tells the engine that it was not sent. May block. */
  void tryOut(Owner owner, Sending sending, Runnable attempt) {
    String failure = "another node owns it now";
    try {
      CrashSuspicion trial = Objects.requireNonNull(sending.trial());
      if (flights.tryOut(owner, sending.delivery(), trial)) {
        attempt.run();
        return;
      }
    } catch (RuntimeException | Error e) {
      failure = "recording its trial failed: " + e.getMessage();
    }
    Outcome unsent = Outcome.failed(OutcomeKind.INTERNAL_ERROR, failure, Duration.ZERO);
    post.accept((engine, now) -> engine.ended(sending, unsent, now));
  }
}
