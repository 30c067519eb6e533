package dev.hookferry.http.resource;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.TextKind;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.Page;
import java.util.List;
import java.util.Map;

/** Outboxes and their rejected rows as the API accepts and returns them. */
public final class OutboxJson {
  /** The id of a row: a string, because JavaScript numbers cannot represent every id exactly. */
  public static final TextKind ROW_ID = FieldKind.pattern("^[0-9]{1,18}$");

  /** The rows to select. */
  public static final FieldSpec<List<String>> IDS =
      FieldSpec.of(
              "ids",
              FieldKind.list(ROW_ID, 1, RowSelection.MAX),
              "1 to " + RowSelection.MAX + " ids of rejected rows.")
          .example(List.of("17"));

  /** Flag that selects every row. */
  public static final FieldSpec<Boolean> EVERY =
      FieldSpec.of(
          "all", FieldKind.flag(), "`true` selects every rejected row; then `ids` must be absent.");

  /** The newest row that {@link #EVERY} selects. */
  public static final FieldSpec<String> NEWEST =
      FieldSpec.of(
              "newest",
              ROW_ID,
              "The largest id that `all` selects, so that rows added since are not deleted;"
                  + " absent for no limit.")
          .example("17");

  /** The fields of a request that selects rows. */
  public static final FieldTable SELECTION =
      FieldTable.of("", IDS, EVERY, NEWEST).named("RowSelection", "Rows by id, or all of them.");

  private static final FieldSpec<String> NAME =
      FieldSpec.of("name", FieldKind.text(), "The outbox's name.").example("orders");
  private static final FieldSpec<String> STATE =
      FieldSpec.of(
          "state",
          FieldKind.choice(OutboxStatus.state(null), OutboxStatus.state("")),
          "`failing` while a problem stops the relay.");

  /** The state of an outbox as the health check shows it: its name and its state. */
  public static final ResponseShape<Map.Entry<String, String>> HEALTH =
      ResponseShape.<Map.Entry<String, String>>of("OutboxHealth")
          .always(NAME, Map.Entry::getKey)
          .always(STATE, Map.Entry::getValue);

  /** An outbox. */
  public static final ResponseShape<OutboxStatus> OUTBOX =
      counts(
          ResponseShape.<OutboxStatus>of("Outbox")
              .always(NAME, OutboxStatus::name)
              .always(STATE, OutboxStatus::state)
              .orNull(
                  FieldSpec.of(
                      "problem",
                      FieldKind.text(),
                      "The problem that stops the relay; null while it works."),
                  OutboxStatus::problem)
              .always(
                  FieldSpec.of(
                          "database", FieldKind.text(), "Host and database, without credentials.")
                      .example("jdbc:postgresql://db/shop"),
                  OutboxStatus::place)
              .always(
                  FieldSpec.of("table", FieldKind.text(), "The table's name.")
                      .example("hookferry_outbox"),
                  OutboxStatus::table));

  /** All outboxes. */
  public static final ResponseShape<Page<OutboxStatus>> PAGE = OUTBOX.page("Outboxes");

  /** A rejected row. */
  public static final ResponseShape<RejectedRow> ROW =
      ResponseShape.<RejectedRow>of("RejectedRow")
          .saying("An outbox row that could not become an event, as its producer wrote it.")
          .always(
              FieldSpec.of("id", FieldKind.text(), "Its id among the rejected rows.").example("17"),
              row -> Long.toString(row.id()))
          .always(
              FieldSpec.of("eventId", FieldKind.text(), "The event's id.").example("order-7"),
              RejectedRow::eventId)
          .always(
              FieldSpec.of("site", FieldKind.text(), "The site.").example("default"),
              RejectedRow::site)
          .always(
              FieldSpec.of("type", FieldKind.text(), "The event's type.").example("order_created"),
              RejectedRow::type)
          .always(
              FieldSpec.of("data", FieldKind.text(), "The first 1,000 characters of its data.")
                  .example("{\"id\":7}"),
              RejectedRow::data)
          .always(
              FieldSpec.of("reason", FieldKind.text(), "Why it was rejected.")
                  .example("type: is not a known event type"),
              RejectedRow::reason)
          .always(
              FieldSpec.of("rejectedAt", FieldKind.time(), "When it was rejected."),
              RejectedRow::rejectedAt);

  /** A page of rejected rows. */
  public static final ResponseShape<Page<RejectedRow>> ROWS = ROW.page("RejectedRows");

  /** The number of rows that were moved back. */
  public static final ResponseShape<Integer> RETRIED =
      ResponseShape.<Integer>of("RowsRetried")
          .always(
              FieldSpec.of(
                      "retried", FieldKind.count(), "Number of rows moved back into the outbox.")
                  .example(1),
              count -> count);

  /** The number of rows that were deleted. */
  public static final ResponseShape<Integer> DISCARDED =
      ResponseShape.<Integer>of("RowsDiscarded")
          .always(
              FieldSpec.of("discarded", FieldKind.count(), "Number of rows deleted.").example(1),
              count -> count);

  private OutboxJson() {}

  private static ResponseShape<OutboxStatus> counts(ResponseShape<OutboxStatus> shape) {
    return shape
        .orNull(
            FieldSpec.of(
                    "pending",
                    FieldKind.count(),
                    "Rows in the table; null if the database did not say.")
                .example(0),
            OutboxStatus::pending)
        .orNull(
            FieldSpec.of(
                "oldestAt",
                FieldKind.time(),
                "When the oldest of them was inserted; null if there is none."),
            OutboxStatus::oldest)
        .orNull(
            FieldSpec.of(
                    "rejected",
                    FieldKind.count(),
                    "Rejected rows; null if the database did not say.")
                .example(1),
            OutboxStatus::rejected)
        .always(
            FieldSpec.of(
                    "relayedSinceStart",
                    FieldKind.count(),
                    "Rows that the replying node has published since it started.")
                .example(42),
            OutboxStatus::relayed)
        .always(
            FieldSpec.of(
                    "rejectedSinceStart",
                    FieldKind.count(),
                    "Rows that the replying node has rejected since it started.")
                .example(1),
            OutboxStatus::refused);
  }
}
