package dev.hookferry.app.alerts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A mail server without TLS that lets everyone log in. It knows nobody whose address begins with
 * {@code gone}, and greylists an address that begins with {@code grey} once.
 */
final class RefusingMailServer implements AutoCloseable {
  private final ServerSocket listening;
  private final List<String> accepted = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final Set<String> greylisted = ConcurrentHashMap.newKeySet();

  private final boolean isSilentAtQuit;

  RefusingMailServer() {
    this(false);
  }

  private RefusingMailServer(boolean isSilentAtQuit) {
    this.isSilentAtQuit = isSilentAtQuit;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread thread = new Thread(this::accept, "refusing-mail-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a server that keeps the connection open after QUIT, and does not respond. */
  static RefusingMailServer silentAtQuit() {
    return new RefusingMailServer(true);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** Returns for each message that was accepted its recipients, separated by spaces. */
  List<String> accepted() {
    return List.copyOf(accepted);
  }

  /** Returns all commands that arrived, except QUIT. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        serve(socket);
      } catch (IOException e) {
        // The client has gone, or the test is over.
      }
    }
  }

  private void serve(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    reply(out, "220 ready");
    StringBuilder recipients = new StringBuilder();
    String line = in.readLine();
    while (line != null && !line.startsWith("QUIT")) {
      commands.add(line);
      if (line.startsWith("RCPT")) {
        reply(out, recipient(line, recipients));
      } else if (line.equals("DATA")) {
        reply(out, "354 go ahead");
        while (!".".equals(in.readLine())) {
          // The message does not matter.
        }
        accepted.add(recipients.toString());
        reply(out, "250 queued");
      } else if (line.startsWith("EHLO")) {
        reply(out, "250-mail.example\r\n250 AUTH PLAIN LOGIN");
      } else {
        reply(out, line.startsWith("AUTH") ? "235 welcome" : "250 ok");
      }
      line = in.readLine();
    }
    if (isSilentAtQuit) {
      while (in.readLine() != null) {
        // Until the client goes.
      }
    } else {
      reply(out, "221 bye");
    }
  }

  private String recipient(String line, StringBuilder recipients) {
    if (line.toUpperCase(Locale.ROOT).startsWith("RCPT TO:<GONE")) {
      return "550 no such user";
    }
    if (line.startsWith("RCPT TO:<grey") && greylisted.add(line)) {
      return "450 4.7.1 greylisted";
    }
    String address = line.replaceAll(".*<|>.*", "");
    recipients.append(recipients.isEmpty() ? "" : " ").append(address);
    return "250 ok";
  }

  private static void reply(OutputStream out, String line) throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
