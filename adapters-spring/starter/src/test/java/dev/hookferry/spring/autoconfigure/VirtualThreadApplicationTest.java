package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.spring.WebhookPublisher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.transaction.support.TransactionTemplate;

/** Transactions on virtual threads, more of them than the pool has connections, publish events. */
@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "Java 17 has no virtual threads")
class VirtualThreadApplicationTest {
  private static final int EVENTS = 300;

  @Test
  void everyTransactionOnAVirtualThreadPublishesItsEvent() throws Exception {
    try (HttpReceiver receiver = new HttpReceiver();
        ConfigurableApplicationContext context = start()) {
      context
          .getBean(Webhooks.class)
          .endpoints()
          .create(SiteId.DEFAULT, EndpointSpec.to(receiver.url()).types("order_*"));
      WebhookPublisher publisher = context.getBean(WebhookPublisher.class);
      TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
      AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
      Callable<String> publish =
          () -> {
            assertThat(Thread.currentThread().toString()).startsWith("VirtualThread");
            EventId id =
                transaction.execute(
                    status -> publisher.publish("order_created", Map.of("id", status.hashCode())));
            return String.valueOf(id);
          };

      List<Future<String>> published = new ArrayList<>();
      for (int i = 0; i < EVENTS; i++) {
        published.add(executor.submit(publish));
      }

      Set<String> ids = new HashSet<>();
      for (Future<String> each : published) {
        ids.add(each.get());
      }
      Set<String> delivered = new HashSet<>();
      while (delivered.size() < EVENTS) {
        delivered.add(receiver.next().id());
      }
      assertThat(delivered).isEqualTo(ids);
    }
  }

  private static ConfigurableApplicationContext start() {
    return new SpringApplicationBuilder(StarterApplication.class)
        .web(WebApplicationType.NONE)
        .run(
            "--spring.threads.virtual.enabled=true",
            "--spring.datasource.url=" + StarterApplication.database(),
            "--spring.autoconfigure.exclude=" + StarterApplication.MODULITH,
            "--hookferry.event-types=order_created",
            "--hookferry.secrets.in-the-clear=true",
            "--hookferry.outbound.allow-networks=127.0.0.0/8",
            "--hookferry.outbound.allow-http=true",
            "--hookferry.outbox.initialize-schema=always");
  }
}
