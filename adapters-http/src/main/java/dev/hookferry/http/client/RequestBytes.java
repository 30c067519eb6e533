package dev.hookferry.http.client;

import dev.hookferry.port.SignedRequest;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Writes the head of a request as the bytes that it is on the wire. */
final class RequestBytes {
  private static final byte[] METHOD = ascii("POST ");
  private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
  private static final byte[] COLON = ascii(": ");
  private static final byte[] LENGTH = ascii("Content-Length: ");
  private static final byte[] LINE_END = ascii("\r\n");

  private RequestBytes() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes the head; the names and values must be ASCII. */
  static void writeHead(SignedRequest request, byte[] hostLine, ByteBuf out) {
    out.writeBytes(METHOD);
    write(request.url().pathAndQuery(), out);
    out.writeBytes(VERSION).writeBytes(hostLine);
    for (SignedRequest.Header header : request.headers()) {
      write(header.name(), out);
      out.writeBytes(COLON);
      write(header.value(), out);
      out.writeBytes(LINE_END);
    }
    out.writeBytes(LENGTH);
    write(Integer.toString(request.body().size()), out);
    out.writeBytes(LINE_END).writeBytes(LINE_END);
  }

  private static void write(String text, ByteBuf out) {
    out.writeCharSequence(text, StandardCharsets.US_ASCII);
  }
}
