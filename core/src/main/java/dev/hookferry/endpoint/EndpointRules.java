package dev.hookferry.endpoint;

import dev.hookferry.event.EventTypeFilter;
import dev.hookferry.event.PairRules;
import dev.hookferry.field.FieldValues;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.refusal.Problems;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The rules for an endpoint's values that can be checked without a server: they depend neither on
 * its configuration nor on its data.
 */
public final class EndpointRules {
  static final int MAX_DESCRIPTION = 500;
  static final int MAX_FILTERS = 100;

  private EndpointRules() {}

  /**
   * Adds a problem for each given value that breaks a rule. Callers that could not parse part of a
   * request can thus report the problems of the rest together with those found so far.
   */
  public static void check(Problems problems, FieldValues given) {
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(given, "given");
    String url = given.get(EndpointFields.URL);
    if (url != null) {
      problems.collect("", () -> TargetUrl.template(url));
    }
    List<String> types = given.get(EndpointFields.EVENT_TYPES);
    if (types != null) {
      types.forEach(type -> problems.collect("", () -> new EventTypeFilter(type)));
    }
    check(problems, types == null ? 1 : types.size(), given.get(EndpointFields.DESCRIPTION, ""));
    HeaderRules.check(problems, "headers", given.get(EndpointFields.HEADERS, Map.of()));
    List<String> statuses = given.get(SuccessStatuses.FIELD);
    if (statuses != null) {
      problems.collect("", () -> SuccessStatuses.of(statuses));
    }
    checkNames(problems, given);
  }

  /** Adds a problem for each malformed name: uid, labels, metadata. */
  public static void checkNames(Problems problems, FieldValues given) {
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(given, "given");
    String uid = given.get(EndpointFields.UID);
    if (uid != null) {
      checkUid(problems, uid);
    }
    PairRules.LABELS.check(problems, "labels", given.get(EndpointFields.LABELS, Map.of()));
    PairRules.METADATA.check(problems, "metadata", given.get(EndpointFields.METADATA, Map.of()));
  }

  /**
   * Adds a problem for each value out of range.
   *
   * @param filters number of event type filters
   */
  public static void check(Problems problems, int filters, String description) {
    Objects.requireNonNull(problems, "problems");
    Objects.requireNonNull(description, "description");
    problems.require(
        filters >= 1, "eventTypes", "must name at least one event type; use * for all types");
    problems.require(
        filters <= MAX_FILTERS, "eventTypes", "must name at most 100 event types; * matches all");
    problems.require(
        description.length() <= MAX_DESCRIPTION, "description", "must have at most 500 characters");
    problems.requireText(description, "description");
  }

  static void checkUid(Problems problems, String uid) {
    Objects.requireNonNull(uid, "uid");
    problems.require(
        EndpointFields.UID.kind().allows(uid)
            && !EndpointFields.ID.allows(uid)
            && !uid.equals(".")
            && !uid.equals(".."),
        "uid",
        "must be 1 to 64 characters of A-Z a-z 0-9 _ . - and not look like an endpoint's id");
  }
}
