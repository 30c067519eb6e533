package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;

/** Reason of a delivery's status, as text to show beside the status. */
public final class ReasonText {
  private ReasonText() {}

  /** Returns the reason without a leading status; empty if it only repeats the status. */
  public static String of(JsonNode delivery) {
    String status = delivery.path("status").asText();
    String reason = delivery.path("reason").asText();
    if (reason.equals(status)) {
      return "";
    }
    String beginning = (status.equals("held") ? "on hold" : status) + ": ";
    return reason.startsWith(beginning) ? reason.substring(beginning.length()) : reason;
  }

  /** Returns the status, followed by the reason if that adds information. */
  public static String withStatus(JsonNode delivery) {
    String reason = of(delivery);
    return delivery.path("status").asText() + (reason.isEmpty() ? "" : ": " + reason);
  }
}
