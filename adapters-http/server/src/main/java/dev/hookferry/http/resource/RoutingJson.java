package dev.hookferry.http.resource;

import dev.hookferry.Filters;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.EventFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.filter.FilterMismatch;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.query.Page;
import dev.hookferry.routing.EndpointRouting;
import dev.hookferry.routing.FilterTrial;
import dev.hookferry.routing.RoutingOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Routing decisions and filter tests as the API accepts and returns them. */
public final class RoutingJson {
  private static final FieldSpec<String> CLAUSE =
      FieldSpec.of(
              "clause", FieldKind.text(), "The first clause of the filter that failed, as JSON.")
          .example("{\"$gte\":10}");
  private static final FieldSpec<String> PATH =
      FieldSpec.of(
              "path",
              FieldKind.text(),
              "The path that the clause is about; empty for the data as a whole.")
          .example("Seats");
  private static final FieldSpec<String> FOUND =
      FieldSpec.of(
              "found",
              FieldKind.text(),
              "The value at the path, as JSON and as it was published, cut after 200 characters;"
                  + " absent if there is none.")
          .example("9.99");

  /** The reason why an endpoint got an event or did not. */
  public static final ResponseShape<EndpointRouting> ROUTING =
      ResponseShape.<EndpointRouting>of("EndpointRouting")
          .always(
              FieldSpec.of("endpoint", EndpointFields.ID, "The endpoint's id.")
                  .example("ep_01m89rmsm2e00bctbf2wktq7j8"),
              routing -> routing.endpoint().id())
          .always(EndpointFields.URL.saying("Its URL."), routing -> routing.endpoint().url().text())
          .always(
              FieldSpec.of(
                      "outcome",
                      FieldKind.choice(RoutingOutcome.class, RoutingOutcome::code),
                      "Whether it got the event, or the first reason why not. delivered means that"
                          + " the event was routed to it, though the delivery may be pending."
                          + " changed_since means that it would get the event now: it was created"
                          + " or changed later.")
                  .example("filter"),
              routing -> routing.outcome().code())
          .always(
              FieldSpec.of("reason", FieldKind.text(), "The outcome as a sentence."),
              EndpointRouting::sentence)
          .orNull(
              FieldSpec.of(
                  "delivery", FieldKind.text(), "The id of its delivery; null if it has none."),
              routing -> id(routing.delivery()))
          .orNull(
              FieldSpec.of(
                  "status", FieldKind.text(), "The delivery's status; null if it has none."),
              routing -> status(routing.delivery()))
          .ifAny(CLAUSE, routing -> clause(routing.mismatch()))
          .ifAny(PATH, routing -> path(routing.mismatch()))
          .ifAny(FOUND, routing -> found(routing.mismatch()));

  /** A page of routing decisions. */
  public static final ResponseShape<Page<EndpointRouting>> PAGE = ROUTING.page("EventRouting");

  /** The event to try a filter on. */
  public static final FieldSpec<String> EVENT =
      FieldSpec.of("event", FieldKind.text(), "The id of an event to try it on.")
          .example("evt_01m89rmshbe00b8jhew46a2pfn");

  /** Number of past events to try a filter on. */
  public static final FieldSpec<Integer> LAST =
      FieldSpec.of(
          "last",
          FieldKind.integer(1, Filters.MAX_EVENTS),
          "How many of the newest events of the endpoint's types to try it on; fewer if they have"
              + " more than 32 MiB or it takes more than five seconds.");

  /** The fields of a filter test. */
  public static final FieldTable TEST =
      FieldTable.of(
              "FilterTest",
              EventFields.DATA.saying("Data to try it on: any JSON value."),
              EVENT,
              LAST,
              EndpointFields.FILTER.saying(
                  "The filter to try; without it, the endpoint's own filter is tried."))
          .named("FilterTest", "Exactly one of data, event and last.");

  /** An event that a filter was tried on. */
  public static final ResponseShape<FilterTrial.Sample> SAMPLE =
      ResponseShape.<FilterTrial.Sample>of("FilterSample")
          .orNull(
              FieldSpec.of(
                  "event", FieldKind.text(), "The event's id; null if only data was given."),
              FilterTrial.Sample::event)
          .ifAny(CLAUSE, sample -> clause(sample.mismatch()))
          .ifAny(PATH, sample -> path(sample.mismatch()))
          .ifAny(FOUND, sample -> found(sample.mismatch()));

  /** The result of a filter test. */
  public static final ResponseShape<FilterTrial> TRIED =
      ResponseShape.<FilterTrial>of("FilterTested")
          .always(
              FieldSpec.of("matched", FieldKind.count(), "How many events meet the filter."),
              FilterTrial::matched)
          .always(
              FieldSpec.of("notMatched", FieldKind.count(), "How many events do not."),
              FilterTrial::notMatched)
          .always(
              FieldSpec.of(
                  "matching", SAMPLE.asList(), "Up to ten events that meet it, newest first."),
              trial -> SAMPLE.list(trial.matching()))
          .always(
              FieldSpec.of(
                  "failing",
                  SAMPLE.asList(),
                  "Up to ten events that do not, newest first, with the clause that failed."),
              trial -> SAMPLE.list(trial.failing()))
          .always(
              FieldSpec.of(
                      "absentFields",
                      FieldKind.list(FieldKind.text()),
                      "Fields that the filter names and none of these events has, perhaps because"
                          + " they are misspelled.")
                  .example(List.of("Seat")),
              FilterTrial::absent);

  private RoutingJson() {}

  private static @Nullable DeliveryId id(@Nullable Delivery delivery) {
    return delivery == null ? null : delivery.id();
  }

  private static @Nullable String status(@Nullable Delivery delivery) {
    return delivery == null ? null : delivery.state().code();
  }

  private static @Nullable String clause(@Nullable FilterMismatch mismatch) {
    return mismatch == null ? null : mismatch.clause();
  }

  private static @Nullable String path(@Nullable FilterMismatch mismatch) {
    return mismatch == null ? null : mismatch.path();
  }

  private static @Nullable String found(@Nullable FilterMismatch mismatch) {
    return mismatch == null ? null : mismatch.found();
  }
}
