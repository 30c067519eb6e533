package dev.hookferry.http.resource;

import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.observe.EgressState;
import java.util.List;

/** Egresses of the replying node as the API returns them. */
public final class EgressJson {
  private static final FieldSpec<String> NAME =
      FieldSpec.of("name", EndpointFields.EGRESS.kind(), "Its name.").example("eu");

  /** An egress with its state. */
  public static final ResponseShape<EgressState> EGRESS =
      ResponseShape.<EgressState>of("Egress")
          .saying("An egress of the replying node: how its connections leave.")
          .always(NAME, EgressState::name)
          .always(
              FieldSpec.of(
                      "via",
                      FieldKind.list(FieldKind.text()),
                      "The proxies, without credentials, or the local address; empty if connections"
                          + " leave directly.")
                  .example(List.of("http://proxy.internal:3128")),
              EgressState::via)
          .always(
              FieldSpec.of(
                  "working",
                  FieldKind.flag(),
                  "False after all proxies have failed, until a connection is opened."),
              EgressState::isWorking)
          .always(
              FieldSpec.of(
                  "failures",
                  FieldKind.count(),
                  "How often a proxy failed, or the local address was missing, since the start."),
              EgressState::failures)
          .always(
              FieldSpec.of(
                  "refusals",
                  FieldKind.count(),
                  "How often a proxy that works did not connect to a receiver, since the start."),
              EgressState::refusals)
          .orNull(
              FieldSpec.of(
                  "lastFailure",
                  FieldKind.text(),
                  "Reason of the last failure or refusal, with the proxy; null if there was none."),
              state -> state.lastFailure().isEmpty() ? null : state.lastFailure())
          .orNull(
              FieldSpec.of("failedAt", FieldKind.time(), "Its time; null if there was none."),
              EgressState::failedAt);

  /** An egress's state in the health check. */
  public static final ResponseShape<EgressState> HEALTH =
      ResponseShape.<EgressState>of("EgressHealth")
          .always(NAME, EgressState::name)
          .always(
              FieldSpec.of(
                  "status",
                  FieldKind.choice("working", "failing"),
                  "Whether connections can be opened."),
              state -> state.isWorking() ? "working" : "failing");

  private EgressJson() {}
}
