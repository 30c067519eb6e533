package dev.hookferry.http.socket;

import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the exchanges that are under way, so that a stop can wait for them. Thread-safe. */
public final class OpenExchanges implements ExchangeCompletionListener {
  private final AtomicInteger open = new AtomicInteger();
  private final CountDownLatch none = new CountDownLatch(1);
  private final List<Runnable> whenStopped = new CopyOnWriteArrayList<>();
  private volatile boolean stopping;

  /** Counts one until it is complete. */
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

  /** What is to be done at a stop about exchanges that never end by themselves. */
  public void whenStopped(Runnable action) {
    whenStopped.add(action);
  }

  /** Whether new ones are to be turned away. */
  public boolean isStopping() {
    return stopping;
  }

  /** From now on new ones are to be turned away. */
  public void stop() {
    stopping = true;
    whenStopped.forEach(Runnable::run);
    if (open.get() == 0) {
      none.countDown();
    }
  }

  /** Waits, after {@link #stop}, until none is left; gives up after a time. */
  public boolean awaitNone(Duration atMost) throws InterruptedException {
    return none.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
  }
}
