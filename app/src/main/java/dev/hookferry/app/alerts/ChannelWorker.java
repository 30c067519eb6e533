package dev.hookferry.app.alerts;

import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages through a channel on a thread of its own, and tries again if that fails. A few
 * messages wait; while nobody takes them, further ones are dropped.
 */
final class ChannelWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChannelWorker.class);
  private static final int WAITING = 20;
  private static final int TRIES = 5;

  private final AlertChannel channel;
  private final long pauseMillis;
  private final ExecutorService thread;

  /**
   * Creates a worker.
   *
   * @param pauseMillis the time between two tries
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

  /** Sends a message later; never blocks. */
  void send(AlertMessage message) {
    try {
      thread.execute(() -> deliver(message));
    } catch (RejectedExecutionException e) {
      LOG.atWarn()
          .addKeyValue("channel", channel.name())
          .addKeyValue("subject", message.subject())
          .log("alert dropped: too many are waiting");
    }
  }

  private void deliver(AlertMessage message) {
    for (int number = 1; number <= TRIES; number++) {
      try {
        if (isSent(message)) {
          LOG.atInfo()
              .addKeyValue("channel", channel.name())
              .addKeyValue("subject", message.subject())
              .log("alert sent");
          return;
        }
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
      if (number < TRIES && !pause()) {
        return;
      }
    }
  }

  /** Sends a message; returns whether anyone gets it. Those who do not are in the log. */
  private boolean isSent(AlertMessage message) throws AlertException {
    Map<String, String> refused = channel.send(message);
    refused.forEach(
        (recipient, reason) ->
            LOG.atWarn()
                .addKeyValue("channel", channel.name())
                .addKeyValue("recipient", recipient)
                .addKeyValue("cause", reason)
                .log("alert refused"));
    return !refused.keySet().containsAll(channel.recipients());
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

  /** Interrupts what is being sent; does not wait. */
  @Override
  public void close() {
    var unused = thread.shutdownNow();
  }
}
