package dev.hookferry.http.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.event.Payload;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutcomeAdviceTest {
  /** Only a redirect leads elsewhere; other statuses may be made to count, or not. */
  @ParameterizedTest
  @CsvSource({
    "HTTP_ERROR, 301, http-3xx",
    "HTTP_ERROR, 308, http-3xx",
    "HTTP_ERROR, 304, http-2xx",
    "HTTP_ERROR, 300, http-2xx",
    "HTTP_ERROR, 202, http-2xx",
    "DELIVERED, 302, delivered-3xx",
    "DELIVERED, 304, delivered",
    "DELIVERED, 200, delivered"
  })
  void saysWhatTheStatusMeans(OutcomeKind kind, int status, String cause) {
    assertThat(OutcomeAdvice.cause(kind, status)).isEqualTo(cause);
  }

  /** The scheme or the port may be refused as well, and there may be no name. */
  @Test
  void aBlockedUrlIsNotAlwaysOneWhoseNameResolvesElsewhere() {
    Outcome outcome = Outcome.failed(OutcomeKind.BLOCKED_ADDRESS, "", Duration.ZERO);
    assertThat(OutcomeAdvice.of(outcome))
        .contains("outbound.allowNetworks", "outbound.allowHttp", "outbound.allowPorts")
        .doesNotContain("host name resolves");
  }

  /** The receiver knows better than its status alone tells. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|{\"error\":\"invalid Signature\"}||did not accept the signature",
        "400|No signatures found matching the expected signature||did not accept the signature",
        "401|{\"message\":\"Signature has expired\"}||too old",
        "403|webhook-timestamp is too old||too old",
        "403|Missing API key||valid credentials",
        "401||Bearer error=\"invalid_token\"|valid credentials",
        "401|<html>signature</html>||rejected the request as unauthorized",
        "401|neither a signature nor an API key||rejected the request as unauthorized",
        "403|CSRF token missing||rejected the request as unauthorized",
        "403|{\"error\":\"invalid authenticity token\"}||rejected the request as unauthorized",
        "403|Invalid XSRF token||rejected the request as unauthorized",
        "401|{\"timestamp\":\"2026-12-01T10:00:00Z\",\"status\":401,\"error\":\"Unauthorized\",\"path\":\"/hook\"}||rejected the request as unauthorized",
        "400|{\"timestamp\":\"2026-12-01T10:00:00Z\",\"status\":400,\"error\":\"invalid signature\"}||did not accept the signature",
        "401|{\"timestamp\":1,\"message\":\"invalid API key\"}||valid credentials",
        "400|Unexpected token < in JSON||did not understand the event",
        "404|{\"error\":\"customer not found\"}||or something in the body",
        "404|{\"status\":404,\"error\":\"Not Found\",\"path\":\"/hook\"}||Nothing accepts events",
        "405|{\"error\":\"method not found\"}||Nothing accepts events",
        "404|Cannot POST /hook||Nothing accepts events",
        "500|database has no signature table||failed while it handled",
      })
  void doesNotContradictTheReceiver(
      int status, @Nullable String body, @Nullable String challenge, String advice) {
    ResponseHeaders headers =
        challenge == null
            ? ResponseHeaders.NONE
            : new ResponseHeaders("www-authenticate: " + challenge);
    Payload said = Payload.of(body == null ? "" : body);
    Response response = new Response(status, said, false, null, null, headers);
    Outcome outcome = Outcome.responded(response, Duration.ZERO);
    assertThat(OutcomeAdvice.of(outcome)).contains(advice);
    assertThat(OutcomeAdvice.of(outcome, Words.ENGLISH)).contains(advice);
  }

  @Test
  void operatorsSeeWhereARedirectLeads() {
    ResponseHeaders headers = new ResponseHeaders("location: https://b.example/new");
    Response moved = new Response(302, Payload.of(""), false, null, null, headers);
    Outcome outcome = Outcome.responded(moved, Duration.ZERO);
    assertThat(OutcomeAdvice.of(outcome)).endsWith(" It points to https://b.example/new.");
    assertThat(OutcomeAdvice.of(outcome, Words.ENGLISH)).doesNotContain("b.example");
  }
}
