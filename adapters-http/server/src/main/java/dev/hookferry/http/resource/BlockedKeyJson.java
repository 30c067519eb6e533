package dev.hookferry.http.resource;

import dev.hookferry.delivery.BlockedKey;
import dev.hookferry.event.EventFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.query.Page;

/** Blocked ordering keys as the API returns them. */
public final class BlockedKeyJson {
  /** The ordering key that a request refers to. */
  public static final FieldSpec<String> ORDERING_KEY =
      FieldSpec.of("orderingKey", EventFields.ORDERING_KEY.kind(), "The key that is blocked.")
          .example("customer-4711");

  /** The fields of a request that refers to a key. */
  public static final FieldTable CHOICE =
      FieldTable.of("BlockedKeyChoice", ORDERING_KEY).requiring(ORDERING_KEY);

  /** A key with the delivery that blocks it. */
  public static final ResponseShape<BlockedKey> KEY =
      ResponseShape.<BlockedKey>of("BlockedKey")
          .always(ORDERING_KEY, BlockedKey::orderingKey)
          .always(AttemptJson.deliveryId("delivery"), key -> key.delivery().id())
          .always(AttemptJson.EVENT, key -> key.delivery().event())
          .always(AttemptJson.EVENT_TYPE, key -> key.delivery().type())
          .always(
              FieldSpec.of("attempts", FieldKind.count(), "Number of attempts of that delivery."),
              key -> key.delivery().attempts())
          .always(
              FieldSpec.of("blockedAt", FieldKind.time(), "When its last retry failed."),
              BlockedKey::since)
          .always(
              FieldSpec.of(
                  "waiting",
                  FieldKind.count(),
                  "Number of deliveries that wait behind it, counted up to 1,000."),
              BlockedKey::waiting);

  /** A page of blocked keys. */
  public static final ResponseShape<Page<BlockedKey>> PAGE = KEY.page("BlockedKeys");

  private BlockedKeyJson() {}
}
