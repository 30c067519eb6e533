package dev.hookferry.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.outbox.OutboxQueue;
import dev.hookferry.outbox.OutboxStatus;
import dev.hookferry.outbox.RejectedRow;
import dev.hookferry.outbox.RowSelection;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.spring.autoconfigure.StarterApplication;
import dev.hookferry.testing.ManualClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookferryGaugesTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final CountedOutbox outbox = new CountedOutbox();

  /** An outbox with nothing but counters. */
  private static final class CountedOutbox implements OutboxQueue {
    private boolean isBroken;

    @Override
    public String name() {
      return "outbox";
    }

    @Override
    public String problem() {
      return "";
    }

    @Override
    public OutboxStatus status() {
      if (isBroken) {
        throw new IllegalStateException("broken");
      }
      return new OutboxStatus(name(), "db", "hookferry_outbox", 7, 2, 3L, null, 0L, null);
    }

    @Override
    public Page<RejectedRow> rejected(PageRequest page) {
      return new Page<>(List.of(), null);
    }

    @Override
    public int retry(RowSelection rows) {
      return 0;
    }

    @Override
    public int discard(RowSelection rows) {
      return 0;
    }
  }

  private double relayed() {
    return registry.get("hookferry.outbox.relayed").functionCounter().count();
  }

  private double pending() {
    return registry.get("hookferry.outbox.pending").gauge().value();
  }

  @Test
  void aCounterDoesNotFallWhileTheOutboxCannotBeRead() {
    StarterApplication.onH2()
        .withPropertyValues("hookferry.outbox.relay=false")
        .run(
            context -> {
              Hookferry hookferry = context.getBean(Hookferry.class);
              new HookferryGauges(hookferry, clock).bindTo(registry);
              assertThat(relayed()).isZero();
              hookferry.webhooks().outboxes().add(outbox);
              clock.advance(Duration.ofSeconds(11));
              assertThat(relayed()).isEqualTo(7);
              assertThat(pending()).isEqualTo(3);

              outbox.isBroken = true;
              clock.advance(Duration.ofSeconds(11));
              assertThat(relayed()).isEqualTo(7);
              assertThat(pending()).isNaN();

              hookferry.webhooks().outboxes().remove(outbox);
              clock.advance(Duration.ofSeconds(11));
              assertThat(relayed()).isEqualTo(7);
            });
  }
}
