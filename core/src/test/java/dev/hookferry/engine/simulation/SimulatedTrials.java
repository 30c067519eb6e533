package dev.hookferry.engine.simulation;

import dev.hookferry.delivery.CrashSuspicion;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.engine.effect.Sending;
import dev.hookferry.store.InFlightJournal;
import dev.hookferry.store.Owner;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/** What {@link dev.hookferry.engine.runtime.SuspectTrial} does, as entries of an agenda. */
record SimulatedTrials(Weather weather, InFlightJournal flights, Weather.Caller caller) {
  void tryOut(Owner owner, Sending sending, Runnable attempt, Consumer<Outcome> whenDone) {
    CrashSuspicion trial = Objects.requireNonNull(sending.trial());
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
