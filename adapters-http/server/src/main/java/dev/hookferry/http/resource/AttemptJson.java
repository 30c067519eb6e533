package dev.hookferry.http.resource;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.OutputKind;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.http.wire.Utf8;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.query.Page;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Attempts as the API returns them. */
public final class AttemptJson {
  /** Maximum bytes that truncation can leave of a split character: UTF-8 has at most four. */
  private static final int MAX_LOST = 3;

  // Shared with deliveries.
  static final FieldSpec<String> EVENT =
      FieldSpec.of("event", FieldKind.text(), "The event's id.")
          .example("evt_01m89rmshbe00b8jhew46a2pfn");
  static final FieldSpec<String> EVENT_TYPE =
      FieldSpec.of("eventType", FieldKind.text(), "The event's type.").example("license_created");
  static final FieldSpec<String> ENDPOINT =
      FieldSpec.of("endpoint", EndpointFields.ID, "The endpoint's id.")
          .example("ep_01m89rmsm2e00bctbf2wktq7j8");

  /** The breakdown of an attempt's duration. */
  public static final ResponseShape<Timing> TIMING =
      ResponseShape.<Timing>of("Timing")
          .saying(
              "Consecutive phases that add up to the duration, to the microsecond; null for a phase"
                  + " that did not take place.")
          .always(
              phase("waitingMillis", "Waiting for a free connection on this node."),
              timing -> millis(timing.waiting()))
          .orNull(phase("dnsMillis", "Name resolution."), timing -> millis(timing.dns()))
          .orNull(
              phase("connectMillis", "Opening the TCP connection, to the proxy if there is one."),
              timing -> millis(timing.connect()))
          .orNull(
              phase("proxyMillis", "Until the proxy has connected to the receiver."),
              timing -> millis(timing.proxy()))
          .orNull(phase("tlsMillis", "TLS handshake."), timing -> millis(timing.tls()))
          .orNull(
              phase(
                  "firstByteMillis", "From writing the request to the first byte of the response."),
              timing -> millis(timing.firstByte()))
          .orNull(
              phase("restMillis", "From the first byte to the end of the response."),
              timing -> millis(timing.rest()));

  /** A header of a response. */
  public static final ResponseShape<ResponseHeaders.Header> HEADER =
      ResponseShape.<ResponseHeaders.Header>of("ResponseHeader")
          .always(
              FieldSpec.of("name", FieldKind.text(), "Name as received.").example("Content-Type"),
              ResponseHeaders.Header::name)
          .always(
              FieldSpec.of("value", FieldKind.text(), "Value; cookies are masked.")
                  .example("text/plain"),
              ResponseHeaders.Header::value);

  /** The response of a receiver. */
  public static final ResponseShape<Decoded> RESPONSE =
      ResponseShape.<Decoded>of("ReceiverResponse")
          .orNull(
              FieldSpec.of("contentType", FieldKind.text(), "Its content type, if it had one."),
              decoded -> decoded.response().contentType())
          .ifAny(
              FieldSpec.of("body", FieldKind.text(), "The first 16 KiB, if valid UTF-8.")
                  .example("ok"),
              Decoded::text)
          .ifAny(
              FieldSpec.of(
                  "bodyBase64", OutputKind.BASE64, "The first 16 KiB, if not valid UTF-8."),
              decoded -> decoded.text() == null ? base64(decoded.response()) : null)
          .always(
              FieldSpec.of("truncated", FieldKind.flag(), "Whether the body was longer.")
                  .example(false),
              decoded -> decoded.response().truncated());

  /** An attempt. */
  public static final ResponseShape<Attempt> ATTEMPT =
      result(
          ResponseShape.<Attempt>of("Attempt")
              .always(
                  FieldSpec.of("id", FieldKind.pattern("^att_[0-9a-z]{26}$"), "The attempt's id."),
                  Attempt::id)
              .always(
                  deliveryId("delivery").example("dlv_01m89rmsj1e00a2m0x5k4c3v2b"),
                  Attempt::delivery)
              .always(ENDPOINT, Attempt::endpoint)
              .always(EVENT, Attempt::event)
              .always(EVENT_TYPE, Attempt::type)
              .always(
                  FieldSpec.of(
                      "number",
                      FieldKind.integer(1, Integer.MAX_VALUE),
                      "Number of the attempt within the delivery, from 1."),
                  Attempt::number)
              .always(
                  FieldSpec.of("startedAt", FieldKind.time(), "The signed timestamp.")
                      .example(Instant.parse("2026-01-01T12:00:00Z")),
                  Attempt::startedAt)
              .always(
                  FieldSpec.of(
                          "durationMillis",
                          FieldKind.count(),
                          "Milliseconds until the response was complete or the request failed.")
                      .example(41),
                  attempt -> attempt.outcome().took().toMillis()));

  /** A page of attempts. */
  public static final ResponseShape<Page<Attempt>> PAGE = ATTEMPT.page("Attempts");

  private AttemptJson() {}

  /** A response with its body as text; null if it is not valid UTF-8. */
  public record Decoded(Response response, @Nullable String text) {}

  private static ResponseShape<Attempt> result(ResponseShape<Attempt> shape) {
    return response(
        shape
            .orNull(
                FieldSpec.of(
                    "timing", TIMING.asKind(), "Duration by phase; null if it was not measured."),
                attempt -> TIMING.json(attempt.outcome().timing()))
            .orNull(
                FieldSpec.of(
                        "egress",
                        FieldKind.text(),
                        "The egress that the connection left by; null if it left directly.")
                    .example("eu"),
                attempt -> egress(attempt.outcome().timing()))
            .always(
                FieldSpec.of(
                    "outcome",
                    FieldKind.choice(OutcomeKind.class, OutcomeKind::code),
                    "How the attempt ended."),
                attempt -> attempt.outcome().kind().code())
            .orNull(
                FieldSpec.of(
                        "statusCode", FieldKind.integer(100, 599), "Null if there was no response.")
                    .example(200),
                attempt -> of(attempt) == null ? null : attempt.outcome().statusCode())
            .orNull(
                FieldSpec.of(
                    "error", FieldKind.text(), "Description of the failure; null on success."),
                attempt -> attempt.outcome().detail().isEmpty() ? null : attempt.outcome().detail())
            .orNull(
                FieldSpec.of(
                    "advice",
                    FieldKind.text(),
                    "Likely cause of the failure and a way to fix it; null on success."),
                attempt ->
                    attempt.outcome().isSuccess() ? null : OutcomeAdvice.of(attempt.outcome())));
  }

  private static ResponseShape<Attempt> response(ResponseShape<Attempt> shape) {
    return shape
        .always(
            FieldSpec.of("url", FieldKind.text(), "The endpoint's URL at the time of the attempt.")
                .example("https://crm.example/hook"),
            Attempt::url)
        .orNull(
            FieldSpec.of(
                "sentAs",
                BodyJson.VERSION.asKind(),
                "Format of the body that was sent; null for the site's envelope."),
            attempt -> BodyJson.VERSION.json(attempt.body()))
        .orNull(
            FieldSpec.of(
                "response",
                RESPONSE.asKind(),
                "The receiver's response; null if there was no response."),
            attempt -> RESPONSE.json(decoded(of(attempt))))
        .orNull(
            FieldSpec.of(
                "responseHeaders",
                HEADER.asList(),
                "In the order received, at most 4,096 characters; null if there was no response."),
            attempt -> headers(of(attempt)));
  }

  static FieldSpec<String> deliveryId(String name) {
    return FieldSpec.of(name, FieldKind.pattern("^dlv_[0-9a-z]{26}$"), "The delivery's id.");
  }

  private static FieldSpec<Object> phase(String name, String help) {
    return FieldSpec.of(name, OutputKind.MILLIS, help);
  }

  /** Returns milliseconds with microsecond precision, so that the parts add up. */
  private static @Nullable BigDecimal millis(@Nullable Duration took) {
    return took == null
        ? null
        : BigDecimal.valueOf(took.toNanos(), 6).setScale(3, RoundingMode.DOWN);
  }

  private static @Nullable String egress(@Nullable Timing timing) {
    return timing == null ? null : timing.egress();
  }

  private static @Nullable Response of(Attempt attempt) {
    return attempt.outcome().response();
  }

  private static JsonOutput.@Nullable Writing headers(@Nullable Response response) {
    return response == null ? null : HEADER.list(response.headers().list());
  }

  private static @Nullable Decoded decoded(@Nullable Response response) {
    return response == null
        ? null
        : new Decoded(
            response, text(response.body().toBytes(), response.truncated() ? MAX_LOST : 0));
  }

  private static String base64(Response response) {
    return Base64.getEncoder().encodeToString(response.body().toBytes());
  }

  private static @Nullable String text(byte[] body, int mayLose) {
    for (int lost = 0; lost <= Math.min(mayLose, body.length); lost++) {
      byte[] rest = lost == 0 ? body : Arrays.copyOf(body, body.length - lost);
      if (Utf8.isValid(rest)) {
        return new String(rest, StandardCharsets.UTF_8);
      }
    }
    return null;
  }
}
