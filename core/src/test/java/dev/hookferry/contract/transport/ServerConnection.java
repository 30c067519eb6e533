package dev.hookferry.contract.transport;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A receiver's end of one connection. */
public final class ServerConnection {
  private final Socket socket;
  private final int number;
  private final List<Request> requests;
  private final InputStream in;

  /**
   * A request as it came.
   *
   * @param lines the request line and the headers
   * @param body its bytes
   */
  public record Request(List<String> lines, byte[] body) {
    /** The value of the only header of that name, or null. */
    public @Nullable String header(String name) {
      List<String> found =
          lines.stream()
              .skip(1)
              .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
              .toList();
      if (found.size() > 1) {
        throw new AssertionError("twice: " + name);
      }
      return found.isEmpty() ? null : found.get(0).substring(name.length() + 1).strip();
    }
  }

  ServerConnection(Socket socket, int number, List<Request> requests) throws IOException {
    this.socket = socket;
    this.number = number;
    this.requests = requests;
    this.in = new BufferedInputStream(socket.getInputStream());
  }

  /** Returns the number of this connection at its receiver, from 1. */
  public int number() {
    return number;
  }

  /** The connection itself. */
  public Socket socket() {
    return socket;
  }

  /** Reads a whole request; null if the connection ended instead. */
  public @Nullable Request read() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        return null;
      }
      head.write(b);
    }
    List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
    Request request = new Request(lines.subList(0, lines.size() - 1), new byte[0]);
    String length = request.header("Content-Length");
    byte[] body = in.readNBytes(length == null ? 0 : Integer.parseInt(length));
    Request whole = new Request(request.lines(), body);
    requests.add(whole);
    return whole;
  }

  /** Writes text, one byte a character. */
  public void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Writes bytes. */
  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** Reads until the other side ends the connection, in whatever way. */
  public void awaitEnd() {
    try {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Reset: ended as well.
    }
  }

  /** Ends the connection with a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
