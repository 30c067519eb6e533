package dev.hookferry.http.resource;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.event.EventFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.query.Page;

/** Blocked ordering keys as the API returns them. */
public final class BlockedKeyJson {
  /** Which key a request is about. */
  public static final FieldSpec<String> ORDERING_KEY =
      FieldSpec.of("orderingKey", EventFields.ORDERING_KEY.kind(), "The key that is blocked.")
          .example("customer-4711");

  /** A request about a key. */
  public static final FieldTable CHOICE =
      FieldTable.of("BlockedKeyChoice", ORDERING_KEY).requiring(ORDERING_KEY);

  /** A key with the delivery that blocks it. */
  public static final ResponseShape<Delivery> KEY =
      ResponseShape.<Delivery>of("BlockedKey")
          .always(ORDERING_KEY, Delivery::orderingKey)
          .always(AttemptJson.deliveryId("delivery"), Delivery::id)
          .always(AttemptJson.EVENT, Delivery::event)
          .always(AttemptJson.EVENT_TYPE, Delivery::type)
          .always(
              FieldSpec.of("attempts", FieldKind.count(), "Number of attempts of that delivery."),
              Delivery::attempts)
          .always(
              FieldSpec.of("blockedAt", FieldKind.time(), "When its last retry failed."),
              Delivery::dueAt);

  /** A page of blocked keys. */
  public static final ResponseShape<Page<Delivery>> PAGE = KEY.page("BlockedKeys");

  private BlockedKeyJson() {}
}
