package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.port.Flights;
import dev.hookferry.port.Owner;
import java.time.Duration;
import java.util.function.Consumer;

/** Notes that a suspect is on trial, before it is sent; without the note it is not. */
final class Trials {
  private final Flights flights;
  private final Consumer<Message> post;

  Trials(Flights flights, Consumer<Message> post) {
    this.flights = flights;
    this.post = post;
  }

  /** Whether it may be sent; if not, the engine is told. May block. */
  boolean isNoted(Owner owner, Sending sending, Suspicion trial) {
    String failure;
    try {
      if (flights.tryOut(owner, sending.delivery(), trial)) {
        return true;
      }
      failure = "it belongs to another node now";
    } catch (RuntimeException | Error e) {
      failure = "its trial could not be noted: " + e.getMessage();
    }
    Outcome unsent = Outcome.failed(OutcomeKind.INTERNAL_ERROR, failure, Duration.ZERO);
    post.accept((engine, now) -> engine.ended(sending, unsent, now));
    return false;
  }
}
