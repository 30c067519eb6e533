package dev.hookferry.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.SocketFactory;

/** A connection on which anything can be sent. */
public final class RawClient implements AutoCloseable {
  private final Socket socket;

  public RawClient(Served served) {
    this(served.server);
  }

  public RawClient(HttpServer server) {
    this(server, SocketFactory.getDefault());
  }

  RawClient(HttpServer server, SocketFactory sockets) {
    try {
      socket = sockets.createSocket("127.0.0.1", server.address().getPort());
      socket.setSoTimeout(120_000);
      socket.setTcpNoDelay(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a text, one byte a character; what the server no longer takes is let go. */
  public RawClient write(String text) {
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // It has said what it had to say.
    }
    return this;
  }

  /** Nothing more will be sent. */
  public RawClient finish() {
    try {
      socket.shutdownOutput();
    } catch (IOException e) {
      // Closed by the server already.
    }
    return this;
  }

  /** Everything until the server closes. */
  public String readAll() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8_192];
    try {
      InputStream in = socket.getInputStream();
      int read = in.read(part);
      while (read > 0) {
        all.write(part, 0, read);
        read = in.read(part);
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("not closed after " + all, e);
    } catch (IOException e) {
      // Reset after what came so far.
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  /** Everything up to this text. */
  public String readUntil(String end) {
    StringBuilder all = new StringBuilder();
    try {
      while (all.indexOf(end) < 0) {
        int read = socket.getInputStream().read();
        if (read < 0) {
          return all.toString();
        }
        all.append((char) read);
      }
    } catch (IOException e) {
      throw new AssertionError("no " + end + " in " + all, e);
    }
    return all.toString();
  }

  /** Reads and drops some bytes; returns their number. */
  int skip() {
    return skip(64 * 1024);
  }

  /** Reads and drops at least one byte and at most so many; returns their number. */
  int skip(int most) {
    try {
      int read = socket.getInputStream().read(new byte[most]);
      if (read < 0) {
        throw new AssertionError("closed");
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether something has come that was not read yet. */
  boolean hasAnswer() {
    try {
      return socket.getInputStream().available() > 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
