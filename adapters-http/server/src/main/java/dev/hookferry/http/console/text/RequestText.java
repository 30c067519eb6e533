package dev.hookferry.http.console.text;

import dev.hookferry.id.SiteId;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.signing.HttpMessageSignature;
import dev.hookferry.signing.QlmSignature;
import dev.hookferry.signing.StandardSignature;
import dev.hookferry.transport.SentRequest;
import dev.hookferry.transport.SignedRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats sent requests for display. */
public final class RequestText {
  private RequestText() {}

  /** Returns the request line and the headers. */
  public static String head(SentRequest request) {
    URI url = URI.create(request.url());
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    StringBuilder text = new StringBuilder("POST " + path + query + " HTTP/1.1\n");
    text.append("Host: ").append(url.getRawAuthority()).append('\n');
    for (SignedRequest.Header header : request.headers()) {
      text.append(header.name()).append(": ").append(header.value()).append('\n');
    }
    return text.append("Content-Length: ").append(request.body().size()).toString();
  }

  /** Returns the headers only, one per line. */
  public static String headers(SentRequest request) {
    boolean isUrlSigned =
        request.headers().stream()
            .anyMatch(header -> header.name().equals(HttpMessageSignature.INPUT));
    String target =
        HttpMessageSignature.TARGET + ": " + TargetUrl.parse(request.url()).requestUri();
    return Stream.concat(
            request.headers().stream().map(header -> header.name() + ": " + header.value()),
            isUrlSigned ? Stream.of(target) : Stream.empty())
        .collect(Collectors.joining("\n"));
  }

  /** Returns the request as a curl command for a POSIX shell. */
  public static String curl(SentRequest request) {
    StringBuilder text = new StringBuilder("curl -i " + quoted(request.url()));
    for (SignedRequest.Header header : request.headers()) {
      text.append(" \\\n  -H ").append(quoted(header.name() + ": " + header.value()));
    }
    return text.append(" \\\n  --data-binary ").append(quoted(request.body().text())).toString();
  }

  /**
   * Returns a curl command for a POSIX shell that publishes an event.
   *
   * @param server the scheme and host of the server
   */
  public static String publish(String server, SiteId site, String key, String type) {
    return "curl "
        + quoted(server + "/api/v1/sites/" + site + "/events")
        + " \\\n  -H "
        + quoted("Authorization: Bearer " + key)
        + " -H 'Content-Type: application/json' \\\n  -d "
        + quoted("{\"type\":\"" + type + "\",\"data\":{}}");
  }

  /** Explains how each signature was computed. */
  public static List<String> signatures(SentRequest request) {
    List<String> lines = new ArrayList<>();
    int size = request.body().size();
    for (SignedRequest.Header header : request.headers()) {
      if (header.name().equals(QlmSignature.HEADER)) {
        lines.add(
            QlmSignature.HEADER
                + " is the lower-case hexadecimal SHA-256 of the "
                + size
                + " bytes of the body followed by the secret key: the endpoint's own QLM key if it"
                + " has one, else the site's webHookSecretKey.");
      } else if (header.name().equals(StandardSignature.HEADER)) {
        int count = header.value().split(" ", -1).length;
        lines.add(
            StandardSignature.HEADER
                + " is “v1,” followed by the base64 of the HMAC-SHA256 over “"
                + StandardSignature.ID_HEADER
                + "."
                + StandardSignature.TIMESTAMP_HEADER
                + ".body”, keyed with the bytes after whsec_"
                + (count == 1 ? "." : "; there is one for each of " + count + " active secrets."));
      }
    }
    if (lines.isEmpty()) {
      lines.add(
          "No signature is shown: the endpoint has no signing secret, or none that it had when this"
              + " attempt began.");
    } else {
      lines.add(
          "Rebuilt with the whsec_ secrets of that time that are still known, and with the current"
              + " headers and QLM key. If these were changed after this attempt, the signature that"
              + " was sent was a different one.");
    }
    return lines;
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
