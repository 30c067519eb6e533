package dev.hookferry.engine;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;

/** Outcomes to test with. */
public final class Outcomes {
  private Outcomes() {}

  public static Outcome ok() {
    return ScriptedTransport.status(200);
  }

  /** A receiver that is there and refuses the event. */
  public static Outcome refused() {
    return ScriptedTransport.status(500);
  }

  /** Nobody listens at the receiver's address. */
  static Outcome unreachable() {
    return Outcome.failed(OutcomeKind.CONNECT_ERROR, "connection refused", Duration.ofMillis(1));
  }

  static Outcome ourFault() {
    return Outcome.failed(OutcomeKind.RESOLVER_ERROR, "our resolver is down", Duration.ZERO);
  }
}
