package dev.hookferry.app.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Firefox's own driver protocol: WebDriver commands under other names, as length-prefixed JSON. */
final class Marionette implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int MILLIS = 120_000;
  private static final Map<String, String> NAMES =
      Map.of(
          "session",
          "NewSession",
          "url",
          "Navigate",
          "execute/sync",
          "ExecuteScript",
          "element",
          "FindElement",
          "click",
          "ElementClick",
          "clear",
          "ElementClear",
          "value",
          "ElementSendKeys",
          "frame",
          "SwitchToFrame",
          "window/rect",
          "SetWindowRect",
          "window/handles",
          "GetWindowHandles");

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private int number;

  /** Connects; Firefox introduces itself. */
  Marionette(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
    out = new BufferedOutputStream(socket.getOutputStream());
    JsonNode unused = read();
  }

  /** Runs a command; without parameters, the window's is to be closed. */
  JsonNode run(String path, @Nullable ObjectNode parameters) {
    String[] parts = path.split("/", -1);
    boolean ofElement = parts.length == 3 && parts[0].equals("element");
    ObjectNode given = parameters == null ? JSON.createObjectNode() : parameters;
    if (ofElement) {
      given.put("id", parts[1]);
    }
    String name =
        path.equals("window")
            ? parameters == null ? "CloseWindow" : "SwitchToWindow"
            : NAMES.get(ofElement ? parts[2] : path);
    try {
      return sent("WebDriver:" + name, given);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode sent(String name, ObjectNode parameters) throws IOException {
    ArrayNode command = JSON.createArrayNode().add(0).add(++number).add(name).add(parameters);
    byte[] body = command.toString().getBytes(StandardCharsets.UTF_8);
    out.write((body.length + ":").getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    JsonNode reply = read();
    if (!reply.path(2).isNull()) {
      throw new AssertionError(name + ": " + reply.path(2));
    }
    JsonNode result = reply.path(3);
    return result.has("value") ? result.path("value") : result;
  }

  private JsonNode read() throws IOException {
    int length = 0;
    for (int next = in.read(); next != ':'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("Firefox has ended");
      }
      length = length * 10 + next - '0';
    }
    return JSON.readTree(in.readNBytes(length));
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
