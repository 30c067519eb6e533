package dev.hookferry.contract.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** A scripted receiver on loopback, on bare sockets: honest or hostile. */
public final class ContractReceiver implements AutoCloseable {
  private final ServerSocket server;
  private final Script script;
  private final AtomicInteger connections = new AtomicInteger();
  private final List<ServerConnection.Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  /** The behaviour on one connection. */
  @FunctionalInterface
  public interface Script {
    /** Serves a connection; when this returns or throws, the connection is closed. */
    void serve(ServerConnection connection) throws Exception;
  }

  private ContractReceiver(ServerSocket server, Script script) {
    this.server = server;
    this.script = script;
    Thread thread = new Thread(this::accept, "receiver-" + server.getLocalPort());
    thread.setDaemon(true);
    thread.start();
  }

  /** On 127.0.0.1, without TLS. */
  public static ContractReceiver of(Script script) {
    return on("127.0.0.1", 0, script);
  }

  /** On an address of loopback and a port, or any port for 0. */
  public static ContractReceiver on(String address, int port, Script script) {
    try {
      return new ContractReceiver(
          new ServerSocket(port, 500, InetAddress.getByName(address)), script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** On 127.0.0.1 with TLS. */
  public static ContractReceiver withTls(SSLContext context, Script script) {
    return withTls(context, "127.0.0.1", script);
  }

  /** On an address of loopback with TLS. */
  public static ContractReceiver withTls(SSLContext context, String address, Script script) {
    try {
      InetAddress bound = InetAddress.getByName(address);
      return new ContractReceiver(
          context.getServerSocketFactory().createServerSocket(0, 500, bound), script);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Responds to every request on a connection with the same text. */
  public static Script responding(String response) {
    return connection -> {
      while (connection.read() != null) {
        connection.write(response);
      }
    };
  }

  /** A response without a body. */
  public static Script status(int status) {
    return responding("HTTP/1.1 " + status + " Status\r\nContent-Length: 0\r\n\r\n");
  }

  /** The URL of this receiver. */
  public String url(String path) {
    return "http://" + server.getInetAddress().getHostAddress() + ":" + port() + path;
  }

  /** The URL of this receiver under a name. */
  public String url(String scheme, String host) {
    return scheme + "://" + host + ":" + port() + "/hook";
  }

  /** Its port. */
  public int port() {
    return server.getLocalPort();
  }

  /** Returns the number of accepted connections. */
  public int connections() {
    return connections.get();
  }

  /** Returns the number of open connections. */
  public int open() {
    return open.size();
  }

  /** The requests that came, whole ones only. */
  public List<ServerConnection.Request> requests() {
    return requests;
  }

  private void accept() {
    while (true) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        ServerConnection connection =
            new ServerConnection(socket, connections.incrementAndGet(), requests);
        Thread thread = new Thread(() -> serve(connection, socket), "receiver-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(ServerConnection connection, Socket socket) {
    try (socket) {
      script.serve(connection);
    } catch (Exception e) {
      // The transport went away, or the test ended: both are what many tests want.
    } finally {
      open.remove(socket);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
