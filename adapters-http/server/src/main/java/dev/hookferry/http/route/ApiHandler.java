package dev.hookferry.http.route;

import dev.hookferry.http.socket.BodyBudget;
import dev.hookferry.http.socket.BodyLimit;
import dev.hookferry.http.socket.BodyReader;
import dev.hookferry.http.socket.Downloads;
import dev.hookferry.http.socket.OpenConnections;
import dev.hookferry.http.socket.OpenExchanges;
import dev.hookferry.http.socket.ReplySender;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.RefusedRequests;
import dev.hookferry.refusal.OverloadedException;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.IoUtils;

/**
 * The request pipeline: admission, body, handler, reply. A publish of up to 128 KiB runs on the IO
 * thread and is replied to when the commit's future completes; everything else may block and runs
 * on the workers, except the liveness check, which has its own thread.
 */
public final class ApiHandler implements HttpHandler {
  /** The route that a request matched, for {@link RequestCounts}. */
  static final AttachmentKey<ApiRoute> ROUTE = AttachmentKey.create(ApiRoute.class);

  /** Maximum body in bytes: a larger batch would delay the other connections of its IO thread. */
  private static final int MAX_ON_IO_THREAD = 128 * 1024;

  private static final int MAX_AT_WORKERS = 1_000;

  private final RequestAdmission admission;
  private final Refusals refusals;
  private final OpenExchanges open;
  private final OpenConnections connections;
  private final Downloads downloads;
  private final RefusedRequests refused;
  private final Duration bodyWithin;
  private final BodyBudget keyed;
  private final BodyBudget keyless;
  private final AtomicInteger atWorkers = new AtomicInteger();
  private final Executor liveness = liveness();

  public ApiHandler(
      RequestAdmission admission,
      Refusals refusals,
      OpenExchanges open,
      Guards guards,
      Duration bodyWithin) {
    this.admission = admission;
    this.refusals = refusals;
    this.open = open;
    connections = guards.connections();
    downloads = guards.downloads();
    refused = guards.refused();
    keyed = guards.bodies();
    keyless = guards.keylessBodies();
    this.bodyWithin = bodyWithin;
  }

  /**
   * Returns an executor with a dedicated thread, which ends after a minute without work. All
   * workers may be waiting for a store that hangs, and a restart would not cure that.
   */
  private static Executor liveness() {
    ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            // Holds at most one request per connection.
            new LinkedBlockingQueue<>(),
            ApiHandler::livenessThread);
    thread.allowCoreThreadTimeOut(true);
    return thread;
  }

  private static Thread livenessThread(Runnable work) {
    Thread thread = new Thread(work, "hookferry-http-liveness");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void handleRequest(HttpServerExchange exchange) {
    open.enter(exchange);
    refused.logSuppressed();
    try {
      if (open.isStopping()) {
        exchange.getResponseHeaders().put(Headers.CONNECTION, "close");
        throw new OverloadedException("the server is stopping", Duration.ofSeconds(1));
      }
      Optional<RequestAdmission.Admitted> admitted = admission.admit(exchange, false);
      // Runs after Undertow's own call has returned: from then on, any thread may reply.
      exchange.dispatch(
          SameThreadExecutor.INSTANCE,
          () -> admitted.ifPresentOrElse(a -> read(exchange, a), () -> refreshConfig(exchange)));
    } catch (RuntimeException e) {
      ReplySender.send(exchange, refusals.of(exchange, e));
    }
  }

  /**
   * Refreshes the configuration, so that changes through other nodes are known, and then admits the
   * request. If the store does not respond, the node uses its own copy: it can neither change nor
   * store anything then.
   */
  private void refreshConfig(HttpServerExchange exchange) {
    CompletableFuture<Void> refreshed = admission.refreshConfig();
    if (refreshed.isDone()) {
      admitUpToDate(exchange);
      return;
    }
    var unused =
        refreshed
            .orTimeout(ConfigRefresh.MAX_TIME.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, failure) -> proceed(exchange, () -> admitUpToDate(exchange)));
  }

  private static void proceed(HttpServerExchange exchange, Runnable next) {
    try {
      exchange.getIoThread().execute(next);
    } catch (RejectedExecutionException e) {
      // The server has stopped: the client is cut off, so that it does not take this for a
      // response.
      IoUtils.safeClose(exchange.getConnection());
    }
  }

  private void admitUpToDate(HttpServerExchange exchange) {
    try {
      read(exchange, admission.admit(exchange, true).orElseThrow());
    } catch (RuntimeException e) {
      ReplySender.send(exchange, refusals.of(exchange, e));
    }
  }

  private void read(HttpServerExchange exchange, RequestAdmission.Admitted admitted) {
    boolean hasKey = admitted.found().route().scope() != null;
    if (hasKey) {
      connections.use(exchange);
    }
    BodyLimit limit =
        admitted.found().route().body() == ApiRoute.Body.EVENTS
            ? BodyLimit.EVENTS
            : BodyLimit.OTHER;
    try {
      BodyReader.read(
          new BodyReader.Asked(exchange, limit, hasKey ? keyed : keyless, bodyWithin),
          body -> handle(exchange, admitted, body),
          refusal -> ReplySender.send(exchange, refusals.of(exchange, refusal)));
    } catch (RuntimeException e) {
      ReplySender.send(exchange, refusals.of(exchange, e));
    }
  }

  private void handle(
      HttpServerExchange exchange, RequestAdmission.Admitted admitted, byte[] body) {
    ApiRoute route = admitted.found().route();
    Call call = new Call(admitted, exchange, body);
    if (route.body() == ApiRoute.Body.EVENTS && body.length <= MAX_ON_IO_THREAD) {
      reply(exchange, run(route, call));
      return;
    }
    if (route.isLiveness()) {
      liveness.execute(() -> reply(exchange, run(route, call)));
      return;
    }
    if (atWorkers.incrementAndGet() > MAX_AT_WORKERS) {
      atWorkers.decrementAndGet();
      String detail = "too many requests are in flight";
      ReplySender.send(
          exchange, refusals.of(exchange, new OverloadedException(detail, Duration.ofSeconds(1))));
      return;
    }
    exchange
        .getConnection()
        .getWorker()
        .execute(
            () -> {
              try {
                reply(exchange, run(route, call));
              } finally {
                atWorkers.decrementAndGet();
              }
            });
  }

  private static CompletableFuture<HttpReply> run(ApiRoute route, Call call) {
    try {
      if (route.query().isEmpty() && route.body() != ApiRoute.Body.LENIENT) {
        call.query().check();
      }
      return route.action().run(call);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void reply(HttpServerExchange exchange, CompletableFuture<HttpReply> future) {
    var unused =
        future.whenComplete(
            (reply, failure) ->
                downloads.send(
                    exchange,
                    failure == null ? reply : refusals.of(exchange, failure),
                    cause -> refusals.of(exchange, cause)));
  }
}
