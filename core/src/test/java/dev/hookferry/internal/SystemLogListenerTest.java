package dev.hookferry.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

/** A failing store must not fill the log. */
class SystemLogListenerTest {
  private final List<String> lines = new ArrayList<>();
  private int traces;
  private long nanos = Long.MAX_VALUE - 5;
  private final SystemLogListener listener = new SystemLogListener(new Lines(), () -> nanos);

  @Test
  void suppressesAndCountsRepeatedMessages() {
    for (int i = 0; i < 5; i++) {
      listener.fault("a commit failed", new IllegalStateException("closed"));
    }
    listener.fault("a claim failed", new IllegalStateException("closed"));
    nanos += Duration.ofSeconds(10).toNanos();
    listener.fault("a commit failed", new IllegalStateException("closed"));

    String cause = " cause=java.lang.IllegalStateException: closed";
    assertThat(lines)
        .containsExactly(
            "WARNING a commit failed" + cause,
            "WARNING a claim failed" + cause,
            "WARNING a commit failed" + cause + " suppressed=4");
  }

  @Test
  void aStoreOutageIsOneLineAtItsStartAndOneAtItsEnd() {
    StoreException closed = new StoreException("closed");
    listener.fault("a commit failed", closed);
    listener.fault("a claim failed", closed);
    nanos += Duration.ofSeconds(30).toNanos();
    listener.fault("a commit failed", closed);
    nanos += Duration.ofSeconds(30).toNanos();
    listener.fault("a claim failed", closed);
    nanos += Duration.ofMillis(40).toNanos();
    listener.storeRecovered();
    listener.storeRecovered();

    assertThat(lines)
        .containsExactly(
            "WARNING store unavailable what=\"a commit failed\" cause=" + closed,
            "WARNING store unavailable what=\"a claim failed\" cause=" + closed + " suppressed=2",
            "INFO store available again after=60040ms");
    assertThat(traces).isZero();
  }

  /** Keeps what is logged. */
  private final class Lines implements System.Logger {
    @Override
    public String getName() {
      return "lines";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String line, Throwable thrown) {
      lines.add(level + " " + line);
      traces++;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
      lines.add(level + " " + format);
    }
  }
}
