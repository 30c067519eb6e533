package dev.hookferry.http.socket;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Reads the name of the user whom a proxy in front has authenticated. */
public final class ProxyUser {
  private static final Pattern NAME = Pattern.compile("[^\\p{Cc}]{1,100}");

  private ProxyUser() {}

  /**
   * Returns the name; empty if it is missing or invalid, or if there are several, since a client
   * may have sent one of them.
   *
   * @param header the header with the name, in UTF-8 or ISO 8859-1; empty if the proxy sends none
   */
  public static String of(HttpServerExchange exchange, String header) {
    HeaderValues values = header.isEmpty() ? null : exchange.getRequestHeaders().get(header);
    if (values == null || values.size() != 1) {
      return "";
    }
    String name = decoded(values.getFirst()).strip();
    return NAME.matcher(name).matches() ? name : "";
  }

  /** Undertow reads headers as ISO 8859-1; most proxies write UTF-8. */
  private static String decoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return text;
    }
  }
}
