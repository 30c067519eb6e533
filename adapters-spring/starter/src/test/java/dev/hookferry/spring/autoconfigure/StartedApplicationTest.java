package dev.hookferry.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.spring.WebhookPublisher;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionTemplate;

/** A started application: events of transactions that commit arrive, no others. */
class StartedApplicationTest {
  /** An object of the application, written by its own Jackson mapper. */
  record Order(int id, Instant placedAt) {}

  private static final Order ORDER = new Order(7, Instant.parse("2026-11-27T12:00:00Z"));
  private static final String JSON = "{\"id\":7,\"placedAt\":\"2026-11-27T12:00:00Z\"}";

  @Test
  void onH2() throws Exception {
    deliversWhatCommits(StarterApplication.database(), "sa", List.of());
  }

  @Test
  void onPostgres() throws Exception {
    try (EmbeddedPostgres postgres = TestPostgres.start()) {
      deliversWhatCommits(
          postgres.getJdbcUrl("postgres", "postgres"), "postgres", List.of("hookferry"));
    }
  }

  /** PostgreSQL rolls back the tables too, if nobody commits them. */
  @Test
  void theOutboxIsCreatedThroughAPoolWithoutAutoCommit() throws Exception {
    try (EmbeddedPostgres postgres = TestPostgres.start();
        ConfigurableApplicationContext context =
            start(
                postgres.getJdbcUrl("postgres", "postgres"),
                "postgres",
                "--spring.datasource.hikari.auto-commit=false");
        Connection other = postgres.getPostgresDatabase().getConnection();
        Statement statement = other.createStatement()) {
      assertThat(context.isRunning()).isTrue();
      assertThat(statement.execute("SELECT count(*) FROM hookferry_outbox")).isTrue();
    }
  }

  private static ConfigurableApplicationContext start(String url, String user, String... more) {
    return new SpringApplicationBuilder(StarterApplication.class)
        .web(WebApplicationType.NONE)
        .run(
            "--spring.datasource.url=" + url,
            "--spring.autoconfigure.exclude=" + StarterApplication.MODULITH,
            "--spring.datasource.username=" + user,
            "--spring.datasource.hikari.maximum-pool-size=12",
            "--spring.main.banner-mode=off",
            "--spring.jackson.property-naming-strategy=LOWER_CAMEL_CASE",
            "--hookferry.event-types=order_created",
            "--hookferry.secrets.in-the-clear=true",
            "--hookferry.outbound.allow-networks=127.0.0.0/8",
            "--hookferry.outbound.allow-http=true",
            "--hookferry.outbox.initialize-schema=always",
            "--hookferry.store.table-prefix=hf_",
            // Only a wake-up after the commit is as quick as these tests.
            "--hookferry.outbox.poll=1m",
            String.join(" ", more));
  }

  private static void deliversWhatCommits(String url, String user, List<String> schemas)
      throws IOException, InterruptedException {
    Hookferry hookferry;
    try (HttpReceiver receiver = new HttpReceiver();
        ConfigurableApplicationContext context = start(url, user)) {
      hookferry = context.getBean(Hookferry.class);
      assertThat(schemas(context.getBean(JdbcTemplate.class))).isEqualTo(schemas);
      WebhookPublisher publisher = context.getBean(WebhookPublisher.class);
      TransactionTemplate transaction = context.getBean(TransactionTemplate.class);
      context
          .getBean(Webhooks.class)
          .endpoints()
          .create(SiteId.DEFAULT, EndpointSpec.to(receiver.url()).types("order_*"));
      List<EventId> rolledBack = new ArrayList<>();
      transaction.executeWithoutResult(
          status -> {
            rolledBack.add(publisher.publish("order_created", ORDER));
            status.setRollbackOnly();
          });
      assertThatThrownBy(() -> publisher.publish("order_created", ORDER))
          .isInstanceOf(IllegalTransactionStateException.class);
      EventId committed = transaction.execute(status -> publisher.publish("order_created", ORDER));

      HttpReceiver.Request first = receiver.next();
      assertThat(first.id()).isEqualTo(String.valueOf(committed));
      assertThat(first.body()).contains(JSON);

      // Rows are relayed in their order, so one that was rolled back would have come by now.
      transaction.executeWithoutResult(
          status -> publisher.publish(publisher.event("order_created", ORDER).id("last")));
      assertThat(receiver.next().id()).isEqualTo("last");
      assertThat(rolledBack).isNotEmpty();
      // A row is deleted once its event is durable, which a quick receiver does not wait for.
      JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
      String count = "SELECT COUNT(*) FROM hookferry_outbox";
      Awaitility.await()
          .atMost(Duration.ofMinutes(5))
          .until(() -> Integer.valueOf(0).equals(jdbc.queryForObject(count, Integer.class)));
    }
    assertThat(hookferry.isAlive()).isFalse();
  }

  /** Returns the schemas of Hookferry's tables; none if the store is in memory. */
  private static List<String> schemas(JdbcTemplate jdbc) {
    return jdbc.queryForList(
        "SELECT table_schema FROM information_schema.tables WHERE table_name = 'hf_event'",
        String.class);
  }
}
