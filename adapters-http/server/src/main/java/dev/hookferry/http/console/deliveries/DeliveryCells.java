package dev.hookferry.http.console.deliveries;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.Columns;
import dev.hookferry.http.console.list.PayloadField;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The cells of the columns that the user chose for a list of deliveries.
 *
 * @param columns the columns
 * @param codes the status of the last response, by delivery id
 * @param values the value of the payload field, by event id
 */
public record DeliveryCells(
    Columns columns, Map<String, String> codes, Map<String, String> values) {
  /** Reads the data for the columns: one query for the responses, and one for each event. */
  public static DeliveryCells of(
      Webhooks webhooks, SiteId site, List<Delivery> page, Columns columns) {
    Map<String, String> codes = new HashMap<>();
    if (columns.code()) {
      Map<DeliveryId, Attempt> last =
          webhooks
              .deliveries()
              .lastAttempts(site, page.stream().map(Delivery::id).collect(Collectors.toSet()));
      last.forEach((id, attempt) -> codes.put(id.toString(), shown(attempt)));
    }
    Map<String, String> values = new HashMap<>();
    if (columns.hasField()) {
      for (EventId id : page.stream().map(Delivery::event).distinct().toList()) {
        webhooks
            .events()
            .find(site, id)
            .ifPresent(
                event -> values.put(id.value(), PayloadField.of(event.payload(), columns.field())));
      }
    }
    return new DeliveryCells(columns, codes, values);
  }

  private static String shown(Attempt attempt) {
    int status = attempt.outcome().statusCode();
    return status == 0 ? StatePill.of(attempt.outcome().kind()).word() : Integer.toString(status);
  }

  public String code(DeliveryRow row) {
    return codes.getOrDefault(row.id(), "–");
  }

  public String value(DeliveryRow row) {
    return values.getOrDefault(row.event(), "");
  }
}
