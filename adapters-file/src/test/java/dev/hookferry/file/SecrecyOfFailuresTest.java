package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.event.Event;
import dev.hookferry.event.Payload;
import dev.hookferry.file.config.SealedLines;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.secret.Sealed;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import dev.hookferry.store.config.ConfigChange;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a store says of what it could not write or read, it shows none of that. */
class SecrecyOfFailuresTest {
  private static final String PAYLOAD = "payl0ad-s3cr3t";
  private static final String ANSWER = "answ3r-s3cr3t";
  private static final String KEY = "k3y-s3cr3t";

  private final StringWriter said = new StringWriter();
  private final PrintWriter out = new PrintWriter(said);
  private final Logger logger = Logger.getLogger("");
  private int failures;
  private final Handler tap =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          out.println(line.getMessage());
          if (line.getThrown() != null) {
            line.getThrown().printStackTrace(out);
          }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(tap);
  }

  @AfterEach
  void stop() {
    logger.removeHandler(tap);
  }

  private void attempt(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException | Error e) {
      failures++;
      e.printStackTrace(out);
    }
  }

  private void assertNothingShown() {
    assertThat(failures).as("failures").isPositive();
    assertThat(said.toString()).doesNotContain(PAYLOAD, ANSWER, KEY, "s3cr3t", "'k3y");
  }

  @ParameterizedTest
  @EnumSource(MemoryDisk.Fault.class)
  void writeFailuresRevealNoSecrets(MemoryDisk.Fault fault) {
    for (int step = 0; step < 4; step++) {
      MemoryDisk disk = new MemoryDisk();
      Work work = new Work(disk);
      work.steps(step);
      disk.fail(fault, 1_000);
      if (fault == MemoryDisk.Fault.TRUNCATE) {
        disk.fail(MemoryDisk.Fault.WRITE, 1);
      }
      work.steps(4);
      attempt(work.store::close);
      attempt(() -> Stores.open(disk, Stores.TINY).close());
    }
    assertNothingShown();
  }

  @Test
  void aFullDiskRevealsNoSecrets() {
    MemoryDisk disk = new MemoryDisk();
    Work work = new Work(disk);
    work.steps(4);
    disk.holds(0);
    work.steps(4);
    assertNothingShown();
  }

  /** Flips every tenth byte of every file, in turn: what is read then is not shown either. */
  @Test
  void readFailuresRevealNoSecrets() {
    MemoryDisk disk = new MemoryDisk();
    Work work = new Work(disk);
    work.steps(4);
    work.store.close();
    for (String name : disk.list()) {
      byte[] whole = disk.get(name);
      int length = 1 + new String(whole, StandardCharsets.ISO_8859_1).stripTrailing().length();
      for (int at = 0; at < Math.min(length, whole.length); at += 10) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 1;
        MemoryDisk other = disk.copy();
        other.put(name, damaged);
        attempt(() -> new Work(other).read());
      }
    }
    assertNothingShown();
  }

  /** The checksums are right, so that it is read and not only found to be damaged. */
  @Test
  void aConfigurationThatCannotBeRead() {
    MemoryDisk disk = new MemoryDisk();
    Work work = new Work(disk);
    work.steps(4);
    work.store.close();
    String name = disk.list().stream().filter(one -> holds(disk, one)).findFirst().orElseThrow();
    String whole = String.join("\n", SealedLines.json(disk.get(name)));
    assertThat(whole).contains(KEY);
    for (String wrong :
        List.of(
            whole.replace("\"" + KEY, KEY),
            whole.replace(KEY, "\\q" + KEY),
            whole.replace("\"" + KEY + "\"", "[\"" + KEY + "\"]"),
            whole.substring(0, whole.indexOf(KEY) + KEY.length()))) {
      MemoryDisk other = disk.copy();
      other.put(name, SealedLines.of(wrong.lines().toList()));
      attempt(() -> new Work(other).read());
    }
    assertNothingShown();
  }

  private static boolean holds(MemoryDisk disk, String name) {
    return new String(disk.get(name), StandardCharsets.ISO_8859_1).contains(KEY);
  }

  /** One after another: a secret, an event, an answer, another secret. */
  private final class Work {
    private final Samples samples = new Samples(3);
    private final FileStore store;
    private final Owner owner;
    private Delivery delivery;
    private int done;

    Work(MemoryDisk disk) {
      store = Stores.open(disk, Stores.TINY);
      owner = store.deliveries().register(new Node("n"));
    }

    void steps(int most) {
      for (int i = 0; i < most; i++) {
        int step = done++ % 4;
        attempt(() -> step(step));
      }
    }

    private void step(int step) {
      switch (step) {
        case 1 -> publish();
        case 2 -> record();
        default -> {
          SiteSettings settings = SiteSettings.DEFAULT.withSecretKey(new Sealed(KEY));
          ConfigChange change =
              new ConfigChange.PutSite(
                  new Site(new SiteId("site" + done), settings, Samples.START));
          var unused = store.config().save(List.of(change), store.config().version());
        }
      }
    }

    private void publish() {
      Event event =
          samples.event(
              Samples.SITE,
              new EventType("license_created"),
              Payload.of("{\"x\":\"" + PAYLOAD + "\"}"));
      Delivery made = samples.delivery(event);
      delivery = made;
      var unused =
          store
              .deliveries()
              .commit(
                  owner,
                  Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(made, true)))));
    }

    private void record() {
      if (delivery == null) {
        return;
      }
      Response answer =
          new Response(
              500, Payload.of(ANSWER), false, ANSWER, null, new ResponseHeaders("X: " + ANSWER));
      Outcome outcome = Outcome.responded(answer, Duration.ofMillis(1));
      AttemptResult result =
          new AttemptResult(delivery.retryAt(samples.now()), samples.attempt(delivery, outcome));
      var unused = store.deliveries().commit(owner, Batch.of(result));
    }

    void read() {
      attempt(() -> store.config().load());
      attempt(() -> store.log().attempts(dev.hookferry.query.AttemptQuery.ofSite(Samples.SITE)));
      attempt(() -> store.log().deliveries(dev.hookferry.query.DeliveryQuery.ofSite(Samples.SITE)));
      attempt(store::close);
    }
  }
}
