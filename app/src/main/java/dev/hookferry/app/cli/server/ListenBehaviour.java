package dev.hookferry.app.cli.server;

import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.app.text.BoundedMap;
import java.time.Duration;
import java.util.Map;

/** Decides the response of {@code hookferry listen} to each request. Thread-safe. */
final class ListenBehaviour {
  private static final int REMEMBERED = 100_000;
  private static final int UNAUTHORIZED = 401;

  private final int status;
  private final int failures;
  private final Duration delay;
  private final boolean strict;
  private final Map<String, Integer> seen = new BoundedMap<>(REMEMBERED);

  ListenBehaviour(int status, int failures, boolean hang, Duration delay, boolean strict) {
    this.status = status;
    this.failures = failures;
    this.delay = hang ? ReceiverReply.NEVER : delay;
    this.strict = strict;
  }

  synchronized ReceiverReply to(Received request, boolean trusted) {
    if (strict && !trusted) {
      return new ReceiverReply(UNAUTHORIZED, delay);
    }
    int times = seen.merge(request.path() + " " + request.event(), 1, Integer::sum);
    return new ReceiverReply(times <= failures ? 500 : status, delay);
  }
}
