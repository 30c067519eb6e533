package dev.hookferry.app.cli.listing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Why a delivery has its status, for a place beside the status. */
public final class ReasonText {
  private ReasonText() {}

  /** Returns the reason without the status that it may begin with; empty if it says no more. */
  public static String of(JsonNode delivery) {
    String status = delivery.path("status").asText();
    String reason = delivery.path("reason").asText();
    if (reason.equals(status)) {
      return "";
    }
    for (String known : List.of(status, status.equals("held") ? "on hold" : status)) {
      if (reason.startsWith(known + ": ")) {
        return reason.substring(known.length() + 2);
      }
    }
    return reason;
  }

  /** Returns the status, followed by the reason if there is more to say. */
  public static String withStatus(JsonNode delivery) {
    String reason = of(delivery);
    return delivery.path("status").asText() + (reason.isEmpty() ? "" : ": " + reason);
  }
}
