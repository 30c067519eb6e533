package dev.hookferry.http.resource;

import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.http.wire.ResponseShape;
import dev.hookferry.limit.LimitFields;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.policy.DeliveryPolicy;
import dev.hookferry.policy.PolicyOrigin;
import dev.hookferry.policy.PolicyValue;
import dev.hookferry.retry.RetryFields;
import dev.hookferry.retry.RetrySettings;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An endpoint's effective delivery settings as the API returns them. */
public final class PolicyJson {
  /** Retry settings: an interval or a schedule. */
  public static final ResponseShape<RetrySettings> RETRY =
      ResponseShape.<RetrySettings>of(RetryFields.ALL.name())
          .saying(RetryFields.ALL.help())
          .ifAny(RetryFields.MAX_RETRIES, retry -> counted(retry, retry.maxRetries()))
          .ifAny(
              RetryFields.INTERVAL_SECONDS, retry -> counted(retry, retry.interval().toSeconds()))
          .ifAny(
              RetryFields.BACKOFF,
              retry -> counted(retry, retry.backoff().name().toLowerCase(Locale.ROOT)))
          .ifAny(RetryFields.SCHEDULE, PolicyJson::schedule);

  /** Limits of an endpoint. */
  public static final ResponseShape<SendLimits> LIMITS =
      ResponseShape.<SendLimits>of(LimitFields.ALL.name())
          .saying(LimitFields.ALL.help())
          .ifAny(LimitFields.PER_SECOND, limits -> count(limits, SendRate.Unit.SECOND))
          .ifAny(LimitFields.PER_MINUTE, limits -> count(limits, SendRate.Unit.MINUTE))
          .ifAny(LimitFields.PER_HOUR, limits -> count(limits, SendRate.Unit.HOUR))
          .ifAny(LimitFields.CONCURRENCY, SendLimits::concurrency);

  private static final FieldSpec<String> ORIGIN =
      FieldSpec.of(
          "origin",
          FieldKind.choice(PolicyOrigin.class, PolicyOrigin::code),
          "Where the value comes from: the endpoint's own settings, its site's, or the server's.");

  /** Retry settings in force. */
  public static final ResponseShape<PolicyValue<RetrySettings>> RETRY_IN_FORCE =
      ResponseShape.<PolicyValue<RetrySettings>>of("RetryPolicy")
          .always(
              FieldSpec.of("value", RETRY.asKind(), "When failed deliveries are retried."),
              retry -> RETRY.json(retry.value()))
          .always(ORIGIN, retry -> retry.origin().code());

  /** The time limit in force. */
  public static final ResponseShape<DeliveryPolicy> TIMEOUT =
      ResponseShape.<DeliveryPolicy>of("TimeoutPolicy")
          .always(
              FieldSpec.of("value", FieldKind.text(), "Time limit of an attempt.").example("15s"),
              policy -> DurationText.of(policy.timeout().value()))
          .always(ORIGIN, policy -> policy.timeout().origin().code());

  /** The rate in force. */
  public static final ResponseShape<DeliveryPolicy> RATE =
      ResponseShape.<DeliveryPolicy>of("RatePolicy")
          .orNull(
              FieldSpec.of(
                      "value",
                      FieldKind.text(),
                      "Highest rate of requests, which the nodes share; null if there is no limit.")
                  .example("10/s"),
              policy -> policy.rate().value().map(SendRate::toString).orElse(null))
          .always(ORIGIN, policy -> policy.rate().origin().code());

  /** The concurrency in force. */
  public static final ResponseShape<DeliveryPolicy> CONCURRENCY =
      ResponseShape.<DeliveryPolicy>of("ConcurrencyPolicy")
          .always(
              FieldSpec.of("value", FieldKind.count(), "Maximum requests in flight, on each node."),
              policy -> policy.concurrency().value())
          .always(ORIGIN, policy -> policy.concurrency().origin().code());

  /** The egress in force. */
  public static final ResponseShape<DeliveryPolicy> EGRESS =
      ResponseShape.<DeliveryPolicy>of("EgressPolicy")
          .orNull(
              FieldSpec.of(
                      "value",
                      FieldKind.text(),
                      "The egress that connections use; null if they leave directly.")
                  .example("eu"),
              policy -> policy.egress().value().orElse(null))
          .always(ORIGIN, policy -> policy.egress().origin().code());

  /** The settings in force, each with its origin. */
  public static final ResponseShape<DeliveryPolicy> POLICY =
      ResponseShape.<DeliveryPolicy>of("DeliveryPolicy")
          .saying("The settings in force for an endpoint, each with its origin.")
          .always(
              FieldSpec.of("retry", RETRY_IN_FORCE.asKind(), "Retries."),
              policy -> RETRY_IN_FORCE.json(policy.retry()))
          .always(
              FieldSpec.of("timeout", TIMEOUT.asKind(), "Time limit of an attempt."), TIMEOUT::json)
          .always(FieldSpec.of("rate", RATE.asKind(), "Rate of requests."), RATE::json)
          .always(
              FieldSpec.of("concurrency", CONCURRENCY.asKind(), "Requests in flight at once."),
              CONCURRENCY::json)
          .always(FieldSpec.of("egress", EGRESS.asKind(), "How connections leave."), EGRESS::json);

  private PolicyJson() {}

  private static @Nullable Object counted(RetrySettings retry, Object value) {
    return retry.schedule().isEmpty() ? value : null;
  }

  private static @Nullable Object schedule(RetrySettings retry) {
    List<String> delays = retry.schedule().stream().map(DurationText::of).toList();
    return delays.isEmpty() ? null : delays;
  }

  private static @Nullable Object count(SendLimits limits, SendRate.Unit unit) {
    SendRate rate = limits.rate();
    return rate == null || rate.unit() != unit ? null : rate.count();
  }
}
