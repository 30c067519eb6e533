package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Receipt;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Publishing with {@code join()} on virtual threads, which Java 17 does not have. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "no virtual threads")
class VirtualThreadTest {
  private static final int EVENTS = 2_000;

  @Test
  void manyVirtualThreadsCanPublishAndWait() throws Exception {
    MemoryStore store = new MemoryStore(InstantSource.system(), Duration.ofSeconds(12));
    ExecutorService threads = virtualThreads();
    try (Hookferry hookferry =
        Hookferry.builder(store, new ScriptedTransport())
            .secrets(Secrets.inTheClear())
            .build()
            .start()) {
      Webhooks webhooks = hookferry.webhooks();
      webhooks.endpoints().create(Embedded.SITE, EndpointSpec.to("https://a.example/").types("*"));
      Callable<Receipt> publish =
          () -> {
            assertThat(Thread.currentThread().toString()).startsWith("VirtualThread");
            return webhooks.publish(Embedded.SITE, NewEvent.of("license_created", "{}")).join();
          };
      List<Future<Receipt>> receipts =
          IntStream.range(0, EVENTS).mapToObj(i -> threads.submit(publish)).toList();

      Set<Receipt> distinct = new HashSet<>();
      for (Future<Receipt> receipt : receipts) {
        distinct.add(receipt.get());
      }
      assertThat(distinct).hasSize(EVENTS).allMatch(receipt -> receipt.deliveries() == 1);
    } finally {
      threads.shutdown();
    }
  }

  /** Calls the method by its name, because this is compiled for Java 17. */
  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    Method maker = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    return (ExecutorService) maker.invoke(null);
  }
}
