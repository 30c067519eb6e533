package dev.hookferry.contract.support;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A connection to a database that can be cut, at once or at the next COMMIT. */
public final class DatabaseProxy implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  /** Not the READ COMMITTED of a connection that the pool makes in the background. */
  private static final Pattern COMMIT = Pattern.compile("COMMIT(?!TED)");

  private final String host;
  private volatile int port;
  private final ServerSocket server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile Cut cut = Cut.NONE;
  private volatile boolean down;

  /** The fault to inject at the next COMMIT. */
  public enum Cut {
    /** It passes. */
    NONE,
    /** It never arrives. */
    BEFORE,
    /** It arrives, but its answer does not. */
    AFTER
  }

  /** A line to this place, from a free port of this machine. */
  public DatabaseProxy(String host, int port) {
    this.host = host;
    this.port = port;
    try {
      server = new ServerSocket(0, 50, HERE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Returns the port to connect to. */
  public int localPort() {
    return server.getLocalPort();
  }

  /** Injects a fault at the next COMMIT. */
  public void cutAtCommit(Cut next) {
    cut = next;
  }

  /** Cuts all connections, and all that are made until it is up again. */
  public void down() {
    down = true;
    sockets.forEach(DatabaseProxy::end);
  }

  /** Lets connections pass again. */
  public void up() {
    down = false;
  }

  /** Leads new connections to another port; those that are open stay where they are. */
  public void leadTo(int port) {
    this.port = port;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "line");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket client = server.accept();
        if (down) {
          end(client);
        } else {
          connect(client);
        }
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void connect(Socket client) throws IOException {
    Socket database;
    try {
      database = new Socket(host, port);
    } catch (IOException e) {
      // The database is away; the line stays.
      end(client);
      return;
    }
    client.setTcpNoDelay(true);
    database.setTcpNoDelay(true);
    sockets.add(client);
    sockets.add(database);
    AtomicBoolean deaf = new AtomicBoolean();
    start(() -> passQuestions(client, database, deaf));
    start(() -> passAnswers(database, client, deaf));
  }

  private void passQuestions(Socket client, Socket database, AtomicBoolean deaf) {
    pass(
        client,
        database,
        bytes -> {
          Cut now = COMMIT.matcher(bytes).find() ? cut : Cut.NONE;
          deaf.compareAndSet(false, now == Cut.AFTER);
          cut = now == Cut.NONE ? cut : Cut.NONE;
          return now != Cut.BEFORE;
        });
  }

  /** Forwards replies; closes the connection at the first one while replies are to be lost. */
  private static void passAnswers(Socket database, Socket client, AtomicBoolean deaf) {
    pass(database, client, bytes -> !deaf.get());
  }

  private static void pass(Socket from, Socket to, Predicate<String> goesOn) {
    byte[] bytes = new byte[64 * 1024];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int count = in.read(bytes);
      while (count >= 0 && goesOn.test(new String(bytes, 0, count, ISO_8859_1))) {
        out.write(bytes, 0, count);
        count = in.read(bytes);
      }
    } catch (IOException e) {
      // The other direction has ended.
    }
  }

  private static void end(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    down();
    end(server);
  }
}
