package dev.hookferry.http.socket;

import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts exchanges in flight, so that shutdown can wait for them. Thread-safe. */
public final class OpenExchanges implements ExchangeCompletionListener {
  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch none = new CountDownLatch(1);
  private final List<Runnable> whenStopped = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  /** Counts an exchange until it is complete. */
  public void enter(HttpServerExchange exchange) {
    open.incrementAndGet();
    exchange.addExchangeCompleteListener(this);
  }

  @Override
  public void exchangeEvent(HttpServerExchange exchange, NextListener next) {
    if (open.decrementAndGet() == 0 && stopping) {
      none.countDown();
    }
    next.proceed();
  }

  /**
   * Registers an action that {@link #stop} runs, to end exchanges that would otherwise stay open.
   */
  public void whenStopped(Runnable action) {
    whenStopped.add(action);
  }

  /** Returns whether new exchanges are to be refused. */
  public boolean isStopping() {
    return stopping;
  }

  /** Starts refusing new exchanges, and runs the registered actions. */
  public void stop() {
    stopping = true;
    whenStopped.forEach(Runnable::run);
    if (open.get() == 0) {
      none.countDown();
    }
  }

  /**
   * Waits after {@link #stop} until no exchange is in flight.
   *
   * @return false if some are still in flight when the time is up
   */
  public boolean awaitNone(Duration atMost) throws InterruptedException {
    return none.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
