package dev.hookferry.http.resource;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.EndpointProblem;
import dev.hookferry.observe.ProblemNote;
import dev.hookferry.query.Page;
import java.time.Instant;

/**
 * Failures of endpoints by cause, and the notes about them, as the API accepts and returns them.
 */
public final class EndpointProblemJson {
  /** The cause of failures. */
  public static final FieldSpec<String> CAUSE =
      FieldSpec.of(
              "cause",
              FieldKind.pattern("^[a-z0-9_]{1,64}$"),
              "The status code of the responses, or the outcome of the attempts.")
          .example("401");

  /** The end of a mute. */
  public static final FieldSpec<Instant> UNTIL =
      FieldSpec.of("until", FieldKind.time(), "When the mute ends: within the next 90 days.");

  /** A request to acknowledge a problem. */
  public static final FieldTable ACKNOWLEDGEMENT =
      FieldTable.of("ProblemAcknowledgement", CAUSE).requiring(CAUSE);

  /** A request to mute the problems of an endpoint. */
  public static final FieldTable MUTE = FieldTable.of("ProblemMute", UNTIL).requiring(UNTIL);

  /** A note: an acknowledgement or a mute. */
  public static final ResponseShape<ProblemNote> NOTE =
      ResponseShape.<ProblemNote>of("ProblemNote")
          .always(
              FieldSpec.of("by", FieldKind.text(), "The name of the API key.").example("admin"),
              ProblemNote::by)
          .always(FieldSpec.of("at", FieldKind.time(), "When it was made."), ProblemNote::at)
          .orNull(
              FieldSpec.of(
                  "until", FieldKind.time(), "The end of a mute; null for an acknowledgement."),
              ProblemNote::until);

  /** The failures of an endpoint with one cause. */
  public static final ResponseShape<EndpointProblem> PROBLEM =
      notes(
          failures(
              ResponseShape.<EndpointProblem>of("EndpointProblem")
                  .always(
                      FieldSpec.of(
                          "endpoint", FieldKind.pattern("^ep_[0-9a-z]{26}$"), "The endpoint's id."),
                      problem -> problem.endpoint().id())
                  .always(
                      FieldSpec.of("url", FieldKind.text(), "The endpoint's URL.")
                          .example("https://crm.example/hooks"),
                      problem -> problem.endpoint().url().text())
                  .always(
                      FieldSpec.of("description", FieldKind.text(), "The endpoint's name.")
                          .example("CRM"),
                      problem -> problem.endpoint().description())
                  .always(
                      FieldSpec.of(
                          "health",
                          EndpointJson.HEALTH.asKind(),
                          "The endpoint's state. Its consecutive failures include those of other"
                              + " nodes."),
                      problem -> EndpointJson.HEALTH.json(problem.health()))));

  /** A page of problems. */
  public static final ResponseShape<Page<EndpointProblem>> PAGE = PROBLEM.page("EndpointProblems");

  private EndpointProblemJson() {}

  private static ResponseShape<EndpointProblem> failures(ResponseShape<EndpointProblem> shape) {
    return shape
        .always(
            CAUSE.saying(
                "The status code of the responses, or the outcome of the attempts; the endpoint's"
                    + " state if it is stuck without a known failure."),
            EndpointProblem::cause)
        .orNull(
            FieldSpec.of("since", FieldKind.time(), "Time of the first failure; null if unknown."),
            problem -> problem.failures() == null ? null : problem.failures().since())
        .orNull(
            FieldSpec.of(
                "lastFailureAt", FieldKind.time(), "Time of the newest failure; null if unknown."),
            problem -> problem.failures() == null ? null : problem.failures().last())
        .always(
            FieldSpec.of(
                "failureCount",
                FieldKind.count(),
                "Number of attempts that failed for this cause since the last success."),
            EndpointProblem::count)
        .always(
            FieldSpec.of(
                "waiting",
                FieldKind.count(),
                "Number of its deliveries that are pending, held or waiting for their turn, counted"
                    + " among the newest of all endpoints with problems: 1,000 that are pending or"
                    + " held, 1,000 that wait or are blocked."),
            EndpointProblem::waiting)
        .always(
            FieldSpec.of(
                "waitingMore",
                FieldKind.flag(),
                "Whether there may be more, because counting stopped there."),
            problem -> problem.undelivered().more())
        .always(
            FieldSpec.of(
                "blockedKeys", FieldKind.count(), "Number of its ordering keys that are blocked."),
            problem -> problem.undelivered().blockedKeys());
  }

  private static ResponseShape<EndpointProblem> notes(ResponseShape<EndpointProblem> shape) {
    return shape
        .always(
            FieldSpec.of(
                "status",
                FieldKind.choice(EndpointProblem.Status.class, EndpointProblem.Status::code),
                "Whether a person has to look at it."),
            problem -> problem.status().code())
        .orNull(
            FieldSpec.of(
                "acknowledged",
                NOTE.asKind(),
                "The acknowledgement of this cause; null if there is none."),
            problem -> NOTE.json(problem.acknowledged()))
        .orNull(
            FieldSpec.of(
                "muted",
                NOTE.asKind(),
                "The mute of the endpoint's problems; null if they are not muted."),
            problem -> NOTE.json(problem.muted()));
  }
}
