package dev.hookferry.app.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.testing.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The progress that users see of long operations. */
final class ProgressPrinterTest {
  private final ManualClock clock = ManualClock.atNoon();
  private final StringWriter out = new StringWriter();

  private ProgressPrinter printer(boolean onTerminal) {
    return new ProgressPrinter(new PrintWriter(out), onTerminal, clock);
  }

  private String told() {
    String text = out.toString().replace(System.lineSeparator(), "\n");
    out.getBuffer().setLength(0);
    return text;
  }

  private void showAfter(Duration time, ProgressPrinter progress, long count) {
    clock.advance(time);
    progress.show(count);
  }

  @Test
  void aTerminalShowsABarWithRateAndTimeLeft() {
    ProgressPrinter progress = printer(true);
    progress.begin("copied", "deliveries", 10_000);

    showAfter(Duration.ofMillis(100), progress, 50);
    assertThat(told()).as("too soon").isEmpty();
    showAfter(Duration.ofMillis(900), progress, 1_000);
    assertThat(told())
        .isEqualTo(
            "\r[###---------------------------] copied 1,000 deliveries, 1,000/s, 10%, 9 s left"
                + "   ");
    showAfter(Duration.ofSeconds(1), progress, 4_000);
    assertThat(told()).contains("copied 4,000 deliveries, 2,000/s, 40%, 3 s left");
    progress.end();
    progress.end();
    assertThat(told()).isEqualTo("\n");
  }

  @Test
  void withoutATerminalWritesALineEveryTenSeconds() {
    ProgressPrinter progress = printer(false);
    progress.begin("replayed", "deliveries", 100_000);

    showAfter(Duration.ofSeconds(9), progress, 90);
    assertThat(told()).isEmpty();
    showAfter(Duration.ofSeconds(1), progress, 100);
    assertThat(told()).isEqualTo("replayed 100 deliveries, 10/s, 0%, 2 h 46 min left\n");
    showAfter(Duration.ofSeconds(10), progress, 20_000);
    assertThat(told()).isEqualTo("replayed 20,000 deliveries, 1,000/s, 20%, 1 min 20 s left\n");
    progress.end();
    assertThat(told()).isEmpty();
  }

  @Test
  void moreThanExpectedIsTheWhole() {
    ProgressPrinter progress = printer(false);
    progress.begin("copied", "deliveries", 100);

    showAfter(Duration.ofSeconds(10), progress, 110);

    assertThat(told()).isEqualTo("copied 110 deliveries, 11/s, 100%, 0 s left\n");
  }

  @Test
  void withoutATotalOnlyTheRateIsShown() {
    ProgressPrinter progress = printer(true);
    progress.begin("compared", "records", 0);

    showAfter(Duration.ofSeconds(2), progress, 3_000);

    assertThat(told()).isEqualTo("\rcompared 3,000 records, 1,500/s   ");
  }

  @Test
  void aStageHasARateOfItsOwn() {
    ProgressPrinter progress = printer(false);
    progress.begin("copied", "deliveries", 200);
    showAfter(Duration.ofSeconds(10), progress, 100);
    progress.begin("compared", "deliveries", 200);
    told();

    showAfter(Duration.ofSeconds(10), progress, 50);

    assertThat(told()).isEqualTo("compared 50 deliveries, 5/s, 25%, 30 s left\n");
  }
}
