package dev.hookferry.http.console.endpoints;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.SuccessStatuses;
import dev.hookferry.field.DurationText;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldValues;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.limit.SendLimits;
import dev.hookferry.limit.SendRate;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problems;
import dev.hookferry.retry.RetrySettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The part of an endpoint's form about its delivery policy, as typed. Empty fields inherit the
 * site's values.
 *
 * @param maxRetries the maximum number of retries
 * @param interval in seconds
 * @param backoff {@code fixed} or {@code exponential}
 * @param schedule delays such as {@code 5s, 1m, 2h}, instead of the three above
 * @param timeout time limit of an attempt, such as {@code 10s}
 * @param rate maximum rate of requests, such as {@code 10/s}
 * @param concurrency maximum number of requests in flight
 * @param order {@code by-key}, or empty for none
 * @param onExhaustion {@code skip}, or empty for block
 * @param egress the name of an egress
 * @param successStatuses such as {@code 2xx, 304}
 * @param trace {@code on} if requests carry the trace, otherwise empty
 */
public record PolicyForm(
    String maxRetries,
    String interval,
    String backoff,
    String schedule,
    String timeout,
    String rate,
    String concurrency,
    String order,
    String onExhaustion,
    String egress,
    String successStatuses,
    String trace) {
  /** A form in which nothing is typed. */
  public static final PolicyForm EMPTY =
      new PolicyForm("", "", "", "", "", "", "", "", "", "", "", "");

  /** Returns a form filled with an endpoint's current values. */
  public static PolicyForm of(Endpoint endpoint) {
    RetrySettings own = endpoint.retry();
    RetrySettings counted = own != null && own.schedule().isEmpty() ? own : null;
    Duration limit = endpoint.timeout();
    SendLimits limits = endpoint.limits() == null ? SendLimits.NONE : endpoint.limits();
    return new PolicyForm(
        counted == null ? "" : Integer.toString(counted.maxRetries()),
        counted == null ? "" : Long.toString(counted.interval().toSeconds()),
        counted == null ? "" : word(counted.backoff()),
        own == null || counted != null ? "" : own.toString().replace(",", ", "),
        limit == null ? "" : DurationText.of(limit),
        limits.rate() == null ? "" : limits.rate().toString(),
        limits.concurrency() == null ? "" : limits.concurrency().toString(),
        endpoint.order().isByKey() ? endpoint.order().code() : "",
        "skip".equals(endpoint.order().onExhaustion()) ? "skip" : "",
        endpoint.egress() == null ? "" : endpoint.egress(),
        endpoint.successStatuses().isDefault()
            ? ""
            : String.join(", ", endpoint.successStatuses().entries()),
        endpoint.settings().request().propagateTrace() ? "on" : "");
  }

  /** Returns the form that a browser submitted. */
  public static PolicyForm of(FormValues form) {
    return new PolicyForm(
        form.text("maxRetries"),
        form.text("interval"),
        form.text("backoff"),
        form.text("schedule"),
        form.text("timeout"),
        form.text("rate"),
        form.text("concurrency"),
        form.text("order").equals("none") ? "" : form.text("order"),
        form.text("onExhaustion").equals("block") ? "" : form.text("onExhaustion"),
        form.text("egress"),
        form.text("successStatuses"),
        form.text("propagateTrace"));
  }

  /** Returns whether any field is filled in. */
  public boolean isEmpty() {
    return equals(EMPTY);
  }

  /**
   * Adds the values to a specification.
   *
   * @param site the site's retry settings, used for empty fields if other retry fields are set
   * @throws InvalidException if a field cannot be parsed
   */
  FieldValues addTo(FieldValues values, RetrySettings site) {
    Problems problems = new Problems();
    RetrySettings retry = problems.collect("", () -> retry(site));
    Duration limit = problems.collect("", this::ownTimeout);
    SendLimits limits = limits(problems);
    List<String> statuses = problems.collect("", this::ownStatuses);
    problems.throwIfAny();
    FieldValues all = own(values, EndpointFields.RETRY, retry);
    all = own(all, EndpointFields.TIMEOUT, limit);
    all = own(all, EndpointFields.LIMITS, limits.isEmpty() ? null : limits);
    all = own(all, EndpointFields.EGRESS, egress.isEmpty() ? null : egress);
    all = own(all, SuccessStatuses.FIELD, statuses);
    return ordered(all.with(EndpointFields.PROPAGATE_TRACE, !trace.isEmpty()));
  }

  private FieldValues ordered(FieldValues values) {
    String wanted = order.isEmpty() ? "none" : order;
    FieldValues all = values.with(EndpointFields.ORDER, EndpointFields.ORDER.checked(wanted));
    if (order.isEmpty()) {
      return all;
    }
    String ended = onExhaustion.isEmpty() ? "block" : onExhaustion;
    return all.with(EndpointFields.ON_EXHAUSTION, EndpointFields.ON_EXHAUSTION.checked(ended));
  }

  private static <T> FieldValues own(FieldValues values, FieldSpec<T> field, @Nullable T value) {
    return value == null ? values.withReset(field) : values.with(field, value);
  }

  private @Nullable Duration ownTimeout() {
    if (timeout.isEmpty()) {
      return null;
    }
    FieldKind<Duration> kind = EndpointFields.TIMEOUT.kind();
    return DurationText.parse(timeout)
        .filter(kind::allows)
        .orElseThrow(() -> InvalidException.of("timeout", kind.rule() + ", such as 10s"));
  }

  private @Nullable List<String> ownStatuses() {
    List<String> typed = words(successStatuses).toList();
    return typed.isEmpty() ? null : SuccessStatuses.of(typed).entries();
  }

  private SendLimits limits(Problems problems) {
    SendRate parsed = rate.isEmpty() ? null : problems.collect("rate", () -> SendRate.parse(rate));
    SendLimits limits =
        concurrency.isEmpty()
            ? SendLimits.NONE
            : problems.collect(
                "", () -> SendLimits.NONE.concurrency(number("concurrency", concurrency)));
    return limits == null ? SendLimits.NONE : limits.rate(parsed);
  }

  private @Nullable RetrySettings retry(RetrySettings site) {
    boolean counted = !maxRetries.isEmpty() || !interval.isEmpty() || !backoff.isEmpty();
    if (!schedule.isEmpty() && counted) {
      throw InvalidException.of(
          "schedule", "must be empty if retries, interval or back-off are given");
    }
    if (!schedule.isEmpty()) {
      return RetrySettings.schedule(delays());
    }
    return counted ? counted(site) : null;
  }

  private List<Duration> delays() {
    List<Duration> delays = new ArrayList<>();
    words(schedule)
        .forEach(
            word ->
                delays.add(
                    DurationText.parse(word)
                        .orElseThrow(
                            () ->
                                InvalidException.of(
                                    "schedule", "must be delays such as 5s, 1m, 30m, 2h"))));
    return delays;
  }

  private static Stream<String> words(String list) {
    return Stream.of(list.split("[\\s,;]+", -1)).filter(word -> !word.isEmpty());
  }

  private RetrySettings counted(RetrySettings site) {
    Problems problems = new Problems();
    RetrySettings counted =
        problems.collect(
            "",
            () -> maxRetries.isEmpty() ? site : site.maxRetries(number("maxRetries", maxRetries)));
    RetrySettings timed =
        problems.collect(
            "",
            () ->
                interval.isEmpty()
                    ? counted
                    : (counted == null ? site : counted)
                        .interval(Duration.ofSeconds(number("interval", interval))));
    RetrySettings.Backoff kind =
        problems.collect("", () -> backoff.isEmpty() ? site.backoff() : growth());
    problems.throwIfAny();
    return Objects.requireNonNull(timed).backoff(Objects.requireNonNull(kind));
  }

  private RetrySettings.Backoff growth() {
    return Stream.of(RetrySettings.Backoff.values())
        .filter(one -> word(one).equals(backoff))
        .findFirst()
        .orElseThrow(() -> InvalidException.of("backoff", "must be fixed or exponential"));
  }

  private static String word(RetrySettings.Backoff backoff) {
    return backoff.name().toLowerCase(Locale.ROOT);
  }

  private static int number(String field, String text) {
    if (!text.matches("[0-9]{1,6}")) {
      throw InvalidException.of(field, "must be a whole number");
    }
    return Integer.parseInt(text);
  }
}
