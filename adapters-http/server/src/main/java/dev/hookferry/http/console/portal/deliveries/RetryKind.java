package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.replay.ReplayWindow;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A kind of undelivered deliveries that customers can retry, in display order. */
public enum RetryKind {
  FAILED("failed"),
  BLOCKED("blocked"),
  PENDING("pending");

  /** The field for the kind in forms and queries. */
  public static final String FIELD = "kind";

  private final String code;

  RetryKind(String code) {
    this.code = code;
  }

  /**
   * Keys of texts.
   *
   * @param part the number of matches
   * @param help the effect of a retry
   * @param ask the question
   * @param askTo the question if all are to one endpoint
   */
  record Texts(String part, String help, String ask, String askTo) {}

  /** Returns the code used in forms. */
  public String code() {
    return code;
  }

  Texts texts() {
    return switch (this) {
      case FAILED ->
          new Texts("retry.failed", "retry.failed-help", "retry.ask-failed", "retry.ask-failed-to");
      case BLOCKED ->
          new Texts(
              "retry.blocked", "retry.blocked-help", "retry.ask-blocked", "retry.ask-blocked-to");
      case PENDING ->
          new Texts(
              "retry.pending", "retry.pending-help", "retry.ask-pending", "retry.ask-pending-to");
    };
  }

  /** Returns the states of deliveries of this kind. */
  public Set<DeliveryState> states() {
    return switch (this) {
      case FAILED -> ReplayWindow.FAILED;
      case BLOCKED -> Set.of(DeliveryState.BLOCKED);
      case PENDING -> Set.of(DeliveryState.PENDING);
    };
  }

  /** Returns the kind that a list retries: that of its status filter, or else failed ones. */
  static Optional<RetryKind> ofStatus(String status) {
    Optional<DeliveryState> state = DeliveryState.fromCode(status);
    return state.isEmpty()
        ? Optional.of(FAILED)
        : Stream.of(values()).filter(kind -> kind.states().contains(state.get())).findFirst();
  }

  /** Returns the kind with a form's code; empty if there is none. */
  public static Optional<RetryKind> fromCode(String code) {
    return Stream.of(values()).filter(kind -> kind.code.equals(code)).findFirst();
  }
}
