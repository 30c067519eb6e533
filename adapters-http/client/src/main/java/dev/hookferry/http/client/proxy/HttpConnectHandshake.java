package dev.hookferry.http.client.proxy;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Opens a tunnel through an HTTP proxy with the CONNECT method (RFC 9110, section 9.3.6). */
final class HttpConnectHandshake implements ProxyHandshake {
  private static final byte[] NOTHING = {};
  private static final int MAX_HEAD_LENGTH = 16 * 1024;
  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})( .*)?");
  private static final int AUTHENTICATE = 407;
  private static final int END = 4;

  /** CR LF CR LF. */
  private static final int END_BYTES = 0x0d0a0d0a;

  private final InetSocketAddress target;
  private final @Nullable ProxyCredentials credentials;
  private int searched;
  private boolean requestSent;

  HttpConnectHandshake(InetSocketAddress target, @Nullable ProxyCredentials credentials) {
    this.target = target;
    this.credentials = credentials;
  }

  @Override
  public byte[] begin() {
    requestSent = true;
    String host = target.getAddress().getHostAddress();
    String authority = (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + target.getPort();
    String head = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n";
    if (credentials != null) {
      String pair = credentials.user() + ":" + credentials.password();
      byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
      head += "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(bytes) + "\r\n";
    }
    return (head + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public boolean hasAsked() {
    return requestSent;
  }

  @Override
  public byte @Nullable [] read(ByteBuf received) throws ProxyException {
    for (int end = endOfHead(received); end >= 0; end = endOfHead(received)) {
      CharSequence head = received.readCharSequence(end, StandardCharsets.ISO_8859_1);
      int status = status(head.toString().lines().findFirst().orElse(""));
      if (status >= 200 && status < 300) {
        return null;
      }
      if (status == AUTHENTICATE) {
        throw ProxyException.failed(
            credentials == null
                ? "responded with 407: it requires credentials, and the egress has none"
                : "responded with 407: it does not accept the credentials");
      }
      if (status >= 300) {
        throw ProxyException.refused("responded with " + status + " to CONNECT");
      }
    }
    requirePlausible(received.toString(StandardCharsets.ISO_8859_1));
    return NOTHING;
  }

  /** Returns the length of a complete head, or -1. */
  private int endOfHead(ByteBuf received) {
    // The bytes already searched contain no end of the head, but may contain the start of one.
    int from = Math.max(received.readerIndex(), searched - END);
    for (int i = from; i + END <= received.writerIndex(); i++) {
      if (received.getInt(i) == END_BYTES) {
        searched = i + END;
        return searched - received.readerIndex();
      }
    }
    searched = received.writerIndex();
    return -1;
  }

  private static void requirePlausible(String begun) throws ProxyException {
    String expected = "HTTP/1.";
    if (!begun.startsWith(expected.substring(0, Math.min(begun.length(), expected.length())))) {
      throw ProxyException.failed("does not speak HTTP");
    }
    if (begun.length() > MAX_HEAD_LENGTH) {
      throw ProxyException.failed("responded with a head longer than 16 KiB");
    }
  }

  private static int status(String line) throws ProxyException {
    Matcher matcher = STATUS_LINE.matcher(line);
    if (!matcher.matches()) {
      throw ProxyException.failed("does not speak HTTP");
    }
    return Integer.parseInt(matcher.group(1));
  }
}
