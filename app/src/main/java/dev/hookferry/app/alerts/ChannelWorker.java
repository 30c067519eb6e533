package dev.hookferry.app.alerts;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Worker that sends messages through a channel on its own thread, with retries. Its queue is short;
 * messages that do not fit are dropped.
 */
final class ChannelWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelWorker.class);
  private static final int WAITING = 20;
  private static final int TRIES = 5;

  private final AlertChannel channel;
  private final long pauseMillis;
  private final ExecutorService thread;

  /** Number of messages that are queued or being sent. */
  private final AtomicInteger unfinished = new AtomicInteger();

  /**
   * Creates a worker.
   *
   * @param pauseMillis the time between two attempts
   */
  ChannelWorker(AlertChannel channel, long pauseMillis) {
    this.channel = channel;
    this.pauseMillis = pauseMillis;
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(WAITING),
            action -> {
              Thread made = new Thread(action, "hookferry-alerts-" + channel.name());
              made.setDaemon(true);
              return made;
            });
  }

  /** Queues a message, or drops it if the queue is full; never blocks. */
  void send(AlertMessage message) {
    unfinished.incrementAndGet();
    try {
      thread.execute(
          () -> {
            try {
              deliver(message);
            } finally {
              unfinished.decrementAndGet();
            }
          });
    } catch (RejectedExecutionException e) {
      unfinished.decrementAndGet();
      LOG.atWarn()
          .addKeyValue("channel", channel.name())
          .addKeyValue("subject", message.subject())
          .log("alert dropped: too many are waiting");
    }
  }

  /** Returns whether all messages were sent or abandoned. */
  boolean isIdle() {
    return unfinished.get() == 0;
  }

  private void deliver(AlertMessage message) {
    List<String> pending = channel.recipients();
    boolean isSent = false;
    for (int number = 1; number <= TRIES; number++) {
      try {
        Map<String, RecipientRefusal> refused = channel.send(message, pending);
        log(refused, number);
        if (!refused.keySet().containsAll(pending)) {
          isSent = true;
          LOG.atInfo()
              .addKeyValue("channel", channel.name())
              .addKeyValue("subject", message.subject())
              .log("alert sent");
        }
        pending = retried(pending, refused, isSent);
      } catch (AlertException e) {
        LOG.atWarn()
            .addKeyValue("channel", channel.name())
            .addKeyValue("attempt", number)
            .addKeyValue("cause", e.getMessage())
            .log("alert not sent");
      } catch (RuntimeException | Error e) {
        LOG.atWarn().addKeyValue("channel", channel.name()).log("alert not sent", e);
        return;
      }
      if (pending.isEmpty() || (number < TRIES && !pause())) {
        return;
      }
    }
  }

  /**
   * Returns the recipients to try again: those with a temporary refusal or, if nobody has received
   * the message so far, all that refused it.
   */
  private static List<String> retried(
      List<String> pending, Map<String, RecipientRefusal> refused, boolean isSent) {
    return pending.stream()
        .filter(
            recipient -> {
              RecipientRefusal refusal = refused.get(recipient);
              return refusal != null && (refusal.isTemporary() || !isSent);
            })
        .toList();
  }

  private void log(Map<String, RecipientRefusal> refused, int number) {
    refused.forEach(
        (recipient, refusal) ->
            LOG.atWarn()
                .addKeyValue("channel", channel.name())
                .addKeyValue("recipient", recipient)
                .addKeyValue("attempt", number)
                .addKeyValue("temporary", refusal.isTemporary())
                .addKeyValue("cause", refusal.reason())
                .log("alert refused"));
  }

  private boolean pause() {
    try {
      Thread.sleep(pauseMillis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Interrupts the message being sent and drops queued ones; does not wait. */
  @Override
  public void close() {
    var unused = thread.shutdownNow();
  }
}
