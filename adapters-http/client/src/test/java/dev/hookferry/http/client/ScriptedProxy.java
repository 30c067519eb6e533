package dev.hookferry.http.client;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A scripted proxy on loopback, honest or not, that records its requests. */
final class ScriptedProxy implements AutoCloseable {
  private final ServerSocket server;
  private final Script script;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> credentials = new CopyOnWriteArrayList<>();
  private final List<Socket> accepted = new CopyOnWriteArrayList<>();

  /** The behaviour on one connection, which is closed afterwards. */
  @FunctionalInterface
  interface Script {
    void serve(ScriptedProxy proxy, Socket socket) throws Exception;
  }

  private ScriptedProxy(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    daemon(this::accept);
  }

  static ScriptedProxy of(Script script) {
    try {
      return new ScriptedProxy(
          new ServerSocket(0, 100, InetAddress.getByName("127.0.0.1")), script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static ScriptedProxy withTls(SSLContext context, Script script) {
    try {
      return new ScriptedProxy(
          context
              .getServerSocketFactory()
              .createServerSocket(0, 100, InetAddress.getByName("127.0.0.1")),
          script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Speaks CONNECT, as it should. */
  static void connect(ScriptedProxy proxy, Socket socket) throws IOException {
    String[] lines = head(socket.getInputStream()).split("\r\n", -1);
    String authority = lines[0].split(" ", -1)[1];
    for (String line : lines) {
      if (line.startsWith("Proxy-Authorization: ")) {
        proxy.credentials.add(line.substring("Proxy-Authorization: ".length()));
      }
    }
    proxy.asked.add(authority);
    int colon = authority.lastIndexOf(':');
    String host = authority.substring(0, colon).replace("[", "").replace("]", "");
    Socket there = new Socket();
    try {
      there.connect(
          new InetSocketAddress(
              InetAddress.getByName(host), Integer.parseInt(authority.substring(colon + 1))));
    } catch (IOException e) {
      write(socket, "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    write(socket, "HTTP/1.1 200 Connection established\r\n\r\n");
    relay(socket, there);
  }

  /** Speaks SOCKS 5, as it should, with a password if it is offered one. */
  static void socks(ScriptedProxy proxy, Socket socket) throws IOException {
    DataInputStream in = new DataInputStream(socket.getInputStream());
    in.readByte();
    byte[] methods = new byte[in.readByte()];
    in.readFully(methods);
    if (methods.length == 1) {
      write(socket, "\5\0");
    } else {
      write(socket, "\5\2");
      in.readByte();
      proxy.credentials.add(text(in) + ":" + text(in));
      write(socket, "\1\0");
    }
    byte[] head = new byte[4];
    in.readFully(head);
    byte[] address = new byte[head[3] == 1 ? 4 : 16];
    in.readFully(address);
    InetAddress host = InetAddress.getByAddress(address);
    int port = in.readUnsignedShort();
    proxy.asked.add(host.getHostAddress() + ":" + port);
    Socket there = new Socket();
    try {
      there.connect(new InetSocketAddress(host, port));
    } catch (IOException e) {
      write(socket, "\5\5\0\1\0\0\0\0\0\0");
      return;
    }
    write(socket, "\5\0\0\1\0\0\0\0\0\0");
    relay(socket, there);
  }

  /** Writes a text after the first bytes of the client arrived, and waits for its end. */
  static Script responding(String text) {
    return (proxy, socket) -> {
      proxy.asked.add(head(socket.getInputStream()));
      write(socket, text);
      socket.getInputStream().read();
    };
  }

  private static String text(DataInputStream in) throws IOException {
    byte[] bytes = new byte[in.readUnsignedByte()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads the head of a request. */
  static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no whole head");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  /** Writes a text, one byte for each character. */
  static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  private static void relay(Socket client, Socket there) throws IOException {
    try (there) {
      Thread back = daemon(() -> pump(there, client));
      pump(client, there);
      back.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[8_192];
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        out.write(piece, 0, count);
        out.flush();
      }
      to.shutdownOutput();
    } catch (IOException e) {
      // A reset is passed on as one.
      reset(from);
      reset(to);
    }
  }

  private static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It is closed.
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted-proxy");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        accepted.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.serve(this, socket);
    } catch (Exception e) {
      // The client went away, or the test ended.
    } finally {
      open.remove(socket);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  /** Its URL under this scheme. */
  String url(String scheme) {
    return scheme + "://127.0.0.1:" + port();
  }

  /** The addresses that it was asked for, or the first bytes of each client. */
  List<String> asked() {
    return asked;
  }

  /** The credentials that it was given. */
  List<String> credentials() {
    return credentials;
  }

  /** The number of connections so far. */
  int connections() {
    return accepted.size();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
