package dev.hookferry.http.svix;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.http.wire.Utf8;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of the attempts in one reply. Not thread-safe. */
final class SvixAttemptJson {
  private static final String NO_CONTENT = "{}";
  private static final int MAX_SEQUENCE = 4;

  private final Webhooks webhooks;
  private final SiteId site;
  private final boolean content;
  private final Map<DeliveryId, List<Attempt>> known = new HashMap<>();
  private final Map<EndpointId, Integer> retries = new HashMap<>();

  /**
   * Creates a writer.
   *
   * @param content whether to include the responses to attempts
   */
  SvixAttemptJson(Webhooks webhooks, SiteId site, boolean content) {
    this.webhooks = webhooks;
    this.site = site;
    this.content = content;
  }

  Map<String, ?> of(Attempt attempt) {
    Outcome outcome = attempt.outcome();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("url", attempt.url());
    json.put("response", content ? response(outcome) : NO_CONTENT);
    json.put("responseStatusCode", outcome.statusCode());
    json.put("responseDurationMs", outcome.took().toMillis());
    json.put("status", outcome.isSuccess() ? 0 : 2);
    json.put("statusText", outcome.isSuccess() ? "success" : "fail");
    json.put("triggerType", isManual(attempt) ? 1 : 0);
    json.put("msgId", attempt.event().value());
    json.put("endpointId", SvixIds.of(attempt.endpoint()));
    json.put("id", SvixIds.of(attempt.id()));
    json.put("timestamp", attempt.startedAt().toString());
    return json;
  }

  private static String response(Outcome outcome) {
    Response response = outcome.response();
    if (response == null) {
      return outcome.detail();
    }
    byte[] body = response.body().toBytes();
    int length = body.length;
    // Truncation may have split a character.
    for (int less = 0; response.truncated() && less < MAX_SEQUENCE && less < length; less++) {
      byte[] part = Arrays.copyOf(body, length - less);
      if (Utf8.isValid(part)) {
        return new String(part, StandardCharsets.UTF_8);
      }
    }
    return Utf8.isValid(body)
        ? new String(body, StandardCharsets.UTF_8)
        : Base64.getEncoder().encodeToString(body);
  }

  /**
   * Returns whether an attempt was requested manually, which the log does not record: it follows a
   * success, or comes after the last retry.
   */
  private boolean isManual(Attempt attempt) {
    return attempt.number() > 1
        && (attempt.number() > retries(attempt.endpoint()) + 1
            || known
                .computeIfAbsent(
                    attempt.delivery(), delivery -> SvixAttempts.of(webhooks, site, delivery))
                .stream()
                .anyMatch(
                    other -> other.number() < attempt.number() && other.outcome().isSuccess()));
  }

  private int retries(EndpointId endpoint) {
    return retries.computeIfAbsent(endpoint, this::maxRetries);
  }

  private int maxRetries(EndpointId endpoint) {
    try {
      return webhooks.endpoints().policy(site, endpoint).retry().value().maxRetries();
    } catch (NotFoundException e) {
      return webhooks.settings().get(site).retry().maxRetries();
    }
  }
}
