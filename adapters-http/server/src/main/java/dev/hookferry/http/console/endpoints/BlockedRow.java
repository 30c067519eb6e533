package dev.hookferry.http.console.endpoints;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.BlockedKey;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.query.PageRequest;
import java.util.List;

/**
 * An ordering key that a delivery blocks.
 *
 * @param since when it was blocked
 * @param waiting how many deliveries wait behind it
 */
public record BlockedRow(
    String key, String delivery, String type, DisplayTime since, String waiting) {
  /**
   * Returns the newest blocked keys of an endpoint. Keys stay blocked even after ordering is turned
   * off for the endpoint.
   */
  static List<BlockedRow> of(Webhooks webhooks, Endpoint endpoint, Visit visit, PageRequest page) {
    return webhooks.blockedKeys().list(visit.site(), endpoint.id(), page).data().stream()
        .map(
            one ->
                new BlockedRow(
                    one.orderingKey(),
                    one.delivery().id().toString(),
                    one.delivery().type().name(),
                    DisplayTime.of(one.since(), visit.now()),
                    NumberText.of(one.waiting(), one.waiting() >= BlockedKey.MAX_WAITING)))
        .toList();
  }
}
