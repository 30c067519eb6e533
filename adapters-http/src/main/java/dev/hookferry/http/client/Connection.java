package dev.hookferry.http.client;

import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.command.RequestExecutionCommand;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOSession;

/** An open connection to a judged address; serves one request at a time. */
final class Connection {
  private final Route route;
  private final IOSession session;
  private final Reactor.Life life;
  private volatile boolean used;
  private volatile long idleUntil;

  Connection(Route route, IOSession session, Reactor.Life life) {
    this.route = route;
    this.session = session;
    this.life = life;
  }

  Route route() {
    return route;
  }

  boolean isOpen() {
    return session.isOpen();
  }

  /** Whether the threads that serve it died. */
  boolean isBroken() {
    return life.isBroken();
  }

  /** Whether an earlier request went over it, so that the receiver may be about to close it. */
  boolean isUsed() {
    return used;
  }

  /** How many bytes came over it so far, after TLS. */
  long received() {
    if (session.getHandler() instanceof HttpConnection http) {
      EndpointDetails details = http.getEndpointDetails();
      return details == null ? 0 : details.getReceivedBytesCount();
    }
    return 0;
  }

  void execute(AsyncClientExchangeHandler handler, HttpContext context) {
    session.enqueue(new RequestExecutionCommand(handler, context), Command.Priority.NORMAL);
  }

  /** Keeps it for another request until a time of the JVM's nano clock. */
  void restUntil(long nanos) {
    used = true;
    idleUntil = nanos;
  }

  boolean isStale(long nanos) {
    return !isOpen() || nanos - idleUntil >= 0;
  }

  /** Closes at once: what is under way on it ends. */
  void cut() {
    session.close(CloseMode.IMMEDIATE);
  }

  /** Closes in an orderly way. */
  void close() {
    session.close(CloseMode.GRACEFUL);
  }
}
