package dev.hookferry.http.client;

import dev.hookferry.transport.SignedRequest;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Encodes the head of a request. */
final class RequestEncoder {
  private static final int INITIAL_HEAD = 1024;
  private static final String LINE_END = "\r\n";

  private RequestEncoder() {}

  /**
   * Writes the head; names and values must be ASCII. Builds a string first, because copying it at
   * once is faster than writing the parts character by character.
   */
  static void writeHead(SignedRequest request, String hostLine, ByteBuf out) {
    StringBuilder head = new StringBuilder(INITIAL_HEAD);
    head.append("POST ").append(request.url().pathAndQuery()).append(" HTTP/1.1\r\n");
    head.append(hostLine);
    for (SignedRequest.Header header : request.headers()) {
      head.append(header.name()).append(": ").append(header.value()).append(LINE_END);
    }
    head.append("Content-Length: ").append(request.body().size()).append(LINE_END);
    out.writeBytes(head.append(LINE_END).toString().getBytes(StandardCharsets.US_ASCII));
  }
}
