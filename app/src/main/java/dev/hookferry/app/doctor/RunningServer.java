package dev.hookferry.app.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hookferry.app.client.Authorities;
import dev.hookferry.http.options.TlsFiles;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Recognizes a running Hookferry server by its health response. */
final class RunningServer {
  private static final int MAX_MILLIS = 2_000;
  private static final int MAX_BYTES = 64 << 10;
  private static final String REQUEST =
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

  private RunningServer() {}

  /**
   * Returns whether Hookferry listens on an address. Blocks for a few seconds at most.
   *
   * @param tls the certificate that it is configured with; null for plain HTTP
   */
  static boolean isAt(InetSocketAddress place, @Nullable TlsFiles tls) {
    InetAddress address =
        place.getAddress().isAnyLocalAddress()
            ? InetAddress.getLoopbackAddress()
            : place.getAddress();
    try (Socket socket = socket(tls)) {
      socket.connect(new InetSocketAddress(address, place.getPort()), MAX_MILLIS);
      socket.setSoTimeout(MAX_MILLIS);
      socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      byte[] reply = socket.getInputStream().readNBytes(MAX_BYTES);
      return isHealth(new String(reply, StandardCharsets.UTF_8));
    } catch (IOException | InvalidException e) {
      // Another program listens there, or none does any more.
      return false;
    }
  }

  /** Creates a socket that trusts the certificate itself, which need not name the address. */
  private static Socket socket(@Nullable TlsFiles tls) throws IOException {
    return tls == null
        ? new Socket()
        : Authorities.of("tls.cert", tls.certificate()).getSocketFactory().createSocket();
  }

  private static boolean isHealth(String reply) throws JsonProcessingException {
    int body = reply.indexOf("\r\n\r\n");
    if (body < 0) {
      return false;
    }
    JsonNode health = new JsonMapper().readTree(reply.substring(body));
    return health.hasNonNull("status") && health.has("delivery") && health.has("secrets");
  }
}
