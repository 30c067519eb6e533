package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Suspicion;
import dev.hookferry.port.Flights;
import dev.hookferry.port.Owner;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** What {@link Trials} does, as entries of an agenda. */
record SimulatedTrials(Weather weather, Flights flights, Weather.Caller caller) {
  void tryOut(Owner owner, Sending sending, Runnable attempt, Consumer<Outcome> whenDone) {
    Suspicion trial = Objects.requireNonNull(sending.trial());
    Outcome unsent =
        Outcome.failed(OutcomeKind.INTERNAL_ERROR, "the trial was not noted", Duration.ZERO);
    Runnable without = () -> whenDone.accept(unsent);
    weather.call(
        caller,
        false,
        () -> flights.tryOut(owner, sending.delivery(), trial),
        noted -> (noted ? attempt : without).run(),
        failure -> without.run());
  }
}
