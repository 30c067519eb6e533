package dev.hookferry.transport;

import dev.hookferry.auth.EndpointAuth;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.event.Payload;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The request of an attempt for display, in which headers that may contain credentials are masked.
 *
 * @param url the target URL
 * @param headers the headers in the order sent, without {@code Host} and {@code Content-Length}
 * @param body the complete body
 */
public record SentRequest(String url, List<SignedRequest.Header> headers, Payload body) {
  public SentRequest {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    headers = List.copyOf(headers);
  }

  public static SentRequest of(
      String url, SignedRequest request, Endpoint endpoint, Map<String, String> shown) {
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(endpoint, "endpoint");
    Objects.requireNonNull(shown, "shown");
    List<SignedRequest.Header> headers = new ArrayList<>();
    // Custom headers are at the end.
    int own = request.headers().size() - endpoint.headers().size();
    for (int i = 0; i < request.headers().size(); i++) {
      SignedRequest.Header header = request.headers().get(i);
      boolean isCredential =
          endpoint.auth() != null && header.name().equalsIgnoreCase(EndpointAuth.HEADER);
      String value =
          i < own && !isCredential
              ? header.value()
              : Objects.requireNonNullElse(shown.get(header.name()), SettingsByName.MASK);
      headers.add(new SignedRequest.Header(header.name(), value));
    }
    if (endpoint.auth() instanceof EndpointAuth.OAuth2) {
      headers.add(new SignedRequest.Header(EndpointAuth.HEADER, SettingsByName.MASK));
    }
    return new SentRequest(url, headers, request.body());
  }
}
