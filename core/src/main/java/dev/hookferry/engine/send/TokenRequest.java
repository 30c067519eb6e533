package dev.hookferry.engine.send;

import dev.hookferry.auth.AssertionKey;
import dev.hookferry.auth.ClientAuthStyle;
import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.delivery.Response;
import dev.hookferry.event.Payload;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.transport.SignedRequest;
import dev.hookferry.transport.SignedRequest.Header;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Request for an access token by the client credentials grant (RFC 6749, section 4.4); also reads
 * the response. Immutable.
 */
final class TokenRequest {
  /** Time before expiry at which a token is replaced; half of its lifetime if that is shorter. */
  private static final Duration MARGIN = Duration.ofSeconds(60);

  /** Lifetime in seconds if the server does not specify a valid one. */
  private static final long DEFAULT_LIFE = 300;

  private static final long MAX_LIFE = Duration.ofDays(30).toSeconds();
  private static final int MAX_TOKEN_LENGTH = 12 * 1024;
  private static final int MAX_REASON_LENGTH = 200;

  private final EndpointAuth.OAuth2 client;
  private final String secret;
  private final String userAgent;

  TokenRequest(EndpointAuth.OAuth2 client, String secret, String userAgent) {
    this.client = client;
    this.secret = secret;
    this.userAgent = userAgent;
  }

  /** Returns the strings that must be redacted. */
  static List<String> secrets(EndpointAuth.OAuth2 client, String secret) {
    return List.of(secret, pair(client, secret));
  }

  /**
   * Returns the request.
   *
   * @param id unique among the assertions of this client
   */
  SignedRequest of(String id, Instant now, Duration deadline) {
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
    headers.add(new Header("Accept", "application/json"));
    headers.add(new Header("User-Agent", userAgent));
    if (client.style() == ClientAuthStyle.BASIC) {
      headers.add(new Header(EndpointAuth.HEADER, "Basic " + pair(client, secret)));
    }
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "client_credentials");
    put(form, "scope", client.scope());
    put(form, "audience", client.audience());
    if (client.style() != ClientAuthStyle.BASIC) {
      form.put("client_id", client.clientId());
    }
    if (client.style() == ClientAuthStyle.POST) {
      form.put("client_secret", secret);
    } else if (client.style() == ClientAuthStyle.PRIVATE_KEY_JWT) {
      form.put("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
      form.put(
          "client_assertion",
          AssertionKey.parse(secret)
              .assertion(client.clientId(), client.tokenUrl().text(), id, now));
    }
    String body =
        form.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return new SignedRequest(client.tokenUrl(), headers, Payload.of(body), deadline);
  }

  /** Reads the outcome of the request. Quotes text from the server only if it is an error. */
  static TokenResult read(Outcome outcome, Instant now) {
    OutcomeKind kind = outcome.kind();
    if (!kind.countsAsAttempt() || kind == OutcomeKind.PROXY_FAILED) {
      return new TokenResult(null, kind, "no access token was fetched: " + outcome.detail());
    }
    Response response = outcome.response();
    if (response == null) {
      return TokenResult.failed("no access token: " + outcome.detail());
    }
    if (!response.isSuccess()) {
      return TokenResult.failed(
          "no access token: the token endpoint responded with "
              + response.status()
              + error(response));
    }
    try {
      return response.truncated()
          ? unusable("it is longer than " + Response.MAX_BODY + " bytes")
          : token(JsonMembers.lenient(response.body().text()), now);
    } catch (IllegalArgumentException e) {
      return unusable("it is not a token response in JSON");
    }
  }

  private static TokenResult token(JsonMembers members, Instant now) {
    String token = members.textOrNull("access_token", Function.identity());
    String type = members.textOrNull("token_type", Function.identity());
    if (token == null || token.isEmpty() || token.length() > MAX_TOKEN_LENGTH) {
      return unusable("it has no access_token");
    }
    if (!token.chars().allMatch(c -> c > ' ' && c <= '~')) {
      return unusable("its access_token has characters that no header can hold");
    }
    if (type != null && !type.equalsIgnoreCase("Bearer")) {
      return unusable("its token_type is not Bearer");
    }
    long life = Math.min(life(members), MAX_LIFE);
    long margin = Math.min(MARGIN.toSeconds(), life / 2);
    return TokenResult.of(AccessToken.of(token, now.plusSeconds(life - margin)));
  }

  private static long life(JsonMembers members) {
    if (!members.names().contains("expires_in")) {
      return DEFAULT_LIFE;
    }
    try {
      return Math.max(0, members.number("expires_in"));
    } catch (IllegalArgumentException e) {
      // Some servers write the number as a string.
      return DEFAULT_LIFE;
    }
  }

  private static TokenResult unusable(String why) {
    return TokenResult.failed("no access token: the token endpoint's response is unusable: " + why);
  }

  /** Returns the server's error after a space; empty if the body has none. */
  private static String error(Response response) {
    try {
      JsonMembers members = JsonMembers.lenient(response.body().text());
      String error = members.textOrNull("error", Function.identity());
      String more = members.textOrNull("error_description", Function.identity());
      String all = error == null ? "" : " " + error + (more == null ? "" : ": " + more);
      // Without an ellipsis, so that a secret that is cut here is still recognized as one.
      return all.substring(0, Math.min(MAX_REASON_LENGTH, all.length()));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static void put(Map<String, String> form, String name, @Nullable String value) {
    if (value != null) {
      form.put(name, value);
    }
  }

  private static String pair(EndpointAuth.OAuth2 client, String secret) {
    String pair = encoded(client.clientId()) + ":" + encoded(secret);
    return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return client.tokenUrl().text();
  }
}
