package dev.hookferry.http.wire;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.event.PairRules;
import dev.hookferry.event.SearchFields;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.site.SiteFields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Query parameters that several calls share. */
public final class QueryFields {
  /** Maximum number of event types in one query. */
  static final int MAX_TYPES = 100;

  /** The site in the path. */
  public static final FieldSpec<String> SITE =
      FieldSpec.of("site", SiteFields.ID.kind(), "The site's id.").example("default");

  /** Filter value for deliveries that failed permanently, or for attempts that failed. */
  private static final String FAILED = "failed";

  /** The values of {@link #STATUS}. */
  public static final ChoiceKind STATUSES =
      FieldKind.choice(
          Stream.concat(
                  Stream.of(DeliveryState.values()).map(DeliveryState::code), Stream.of(FAILED))
              .toArray(String[]::new));

  /** Statuses of deliveries. */
  public static final FieldSpec<List<String>> STATUS =
      FieldSpec.of(
          "status",
          FieldKind.list(STATUSES, 0, STATUSES.words().size()),
          "Only deliveries with this status; if repeated, with any of them. `failed` stands for"
              + " `exhausted` and `poisoned`.");

  /** The values of {@link #PROBLEM_STATUS}. */
  public static final ChoiceKind PROBLEM_STATUSES =
      FieldKind.choice(EndpointProblem.Status.class, EndpointProblem.Status::code);

  /** A status of problems. */
  public static final FieldSpec<String> PROBLEM_STATUS =
      FieldSpec.of("problemStatus", PROBLEM_STATUSES, "Only problems with this status.");

  /** Event types. */
  public static final FieldSpec<List<String>> TYPE =
      FieldSpec.of(
          "type",
          FieldKind.list(FieldKind.text(), 0, MAX_TYPES),
          "Only this event type; `license_*` stands for all that begin with `license_`, except"
              + " operational events. If repeated, any of them.");

  /** The values of {@link #OUTCOME}. */
  public static final ChoiceKind OUTCOMES =
      FieldKind.choice(
          Stream.concat(Stream.of(OutcomeKind.values()).map(OutcomeKind::code), Stream.of(FAILED))
              .toArray(String[]::new));

  /** Outcomes of attempts. */
  public static final FieldSpec<List<String>> OUTCOME =
      FieldSpec.of(
          "outcome",
          FieldKind.list(OUTCOMES, 0, OUTCOMES.words().size()),
          "Only attempts with this outcome; if repeated, with any of them. `failed` stands for all"
              + " but `delivered`.");

  /** A status code of responses. */
  public static final FieldSpec<Integer> STATUS_CODE =
      FieldSpec.of(
          "statusCode",
          FieldKind.integer(100, 599),
          "Only attempts with this response"
              + " status; of deliveries, only those whose last response had it, and those attempted"
              + " last come first.");

  /** A class of status codes. */
  public static final FieldSpec<String> STATUS_CLASS =
      FieldSpec.of(
          "statusClass",
          FieldKind.choice("1xx", "2xx", "3xx", "4xx", "5xx"),
          "Only deliveries whose last response had a status of this class. A page may be short"
              + " although there is a next one.");

  /** A pattern of event types. */
  public static final FieldSpec<String> TYPE_PATTERN =
      FieldSpec.of(
              "typePattern",
              FieldKind.text(),
              "Only event types that this pattern matches: the beginning of their names with `*`"
                  + " behind it. A page may be short although there is a next one.")
          .example("license_*");

  /** Labels of events. */
  public static final FieldSpec<List<String>> LABEL =
      FieldSpec.of(
          "label",
          FieldKind.list(FieldKind.text(), 0, PairRules.MAX_LABELS),
          "Only events with this label, as name:value; if repeated, with all of them.");

  /** Values of fields of events. */
  public static final FieldSpec<List<String>> FIELD =
      FieldSpec.of(
          "field",
          FieldKind.list(FieldKind.text(), 0, SearchFields.MAX),
          "Only events, or deliveries of events, with this value in a field of the data, as"
              + " name:value; if repeated, with all of them. The name is one of the site's"
              + " `searchFields`.");

  /** The time before which a search by fields may miss events. */
  public static final FieldSpec<Instant> NOT_INDEXED_BEFORE =
      FieldSpec.of(
          "notIndexedBefore",
          FieldKind.time(),
          "With `field` only: events that were accepted before this time are not indexed by a"
              + " field and may be missing. Absent if no event is missing.");

  /** The beginning of a period. */
  public static final FieldSpec<Instant> SINCE =
      FieldSpec.of("since", FieldKind.time(), "At or after this time.");

  /** The end of a period. */
  public static final FieldSpec<Instant> UNTIL =
      FieldSpec.of("until", FieldKind.time(), "Before this time.");

  /** The subject of sessions. */
  public static final FieldSpec<String> SUBJECT =
      FieldSpec.of("subject", FieldKind.text(), "Only sessions of this subject.");

  /** The maximum number of entries on a page. */
  public static final FieldSpec<Integer> LIMIT =
      FieldSpec.of(
              "limit", FieldKind.integer(1, PageRequest.MAX_LIMIT), "Maximum entries per page.")
          .fallback(Integer.toString(PageRequest.FIRST.limit()));

  /** The beginning of a page. */
  public static final FieldSpec<String> CURSOR =
      FieldSpec.of("cursor", FieldKind.text(), "The `next` value of the previous page.");

  /** All parameters of queries, in the order in which calls list them. */
  public static final FieldTable QUERY =
      FieldTable.of(
          "Query",
          STATUS,
          PROBLEM_STATUS,
          FieldSpec.of(
              "delivery", FieldKind.pattern("^dlv_[0-9a-z]{26}$"), "Only of this delivery."),
          FieldSpec.of("endpoint", EndpointFields.NAME, "Only to this endpoint: its id or uid."),
          FieldSpec.of("event", FieldKind.text(), "Only of this event."),
          TYPE,
          TYPE_PATTERN,
          LABEL,
          FIELD,
          OUTCOME,
          STATUS_CODE,
          STATUS_CLASS,
          SINCE,
          UNTIL,
          SUBJECT,
          LIMIT,
          CURSOR);

  private QueryFields() {}

  /** Returns the outcomes that a value of {@link #OUTCOME} stands for; empty if it is unknown. */
  static Optional<Set<OutcomeKind>> outcomes(String word) {
    return word.equals(FAILED)
        ? Optional.of(OutcomeKind.failures())
        : OutcomeKind.fromCode(word).map(Set::of);
  }

  /** Returns the states that a value of {@link #STATUS} stands for; empty if it is unknown. */
  static Optional<Set<DeliveryState>> states(String word) {
    return word.equals(FAILED)
        ? Optional.of(ReplayWindow.FAILED)
        : DeliveryState.fromCode(word).map(Set::of);
  }
}
