package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.receiver.ReceiverReply;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The commands about deliveries, with a server that answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DeliveryCommandsTest {
  private static final String UNAUTHORIZED =
      "    advice: The receiver rejected the request as unauthorized. Check the signing secret, and any"
          + " headers that it expects.";

  private final ServerFixture fixture = new ServerFixture("memory");
  private Tenant tenant;
  private String hook;
  private String endpoint;

  @BeforeEach
  void site() {
    tenant = fixture.tenant();
    hook = tenant.path("hook").text();
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    endpoint = tenant.endpoint(fixture.inbox().url(hook), "*").path("id").asText();
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  void retrySaysHowToSeeItsOutcome() {
    fixture.inbox().responding(hook, n -> 500);
    String id = exhausted();

    CommandResult typed = typed("deliveries", "retry", id);

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .matches(
            "retrying "
                + id
                + " now; see the outcome with hookferry deliveries show "
                + id
                + " --site \\S+\\R");
  }

  @Test
  void awaitedRetryShowsItsOutcome() throws IOException {
    fixture.inbox().responding(hook, n -> n == 3 ? 200 : 401);
    String id = exhausted();

    CommandResult failed = typed("deliveries", "retry", id, "--wait");
    CommandResult delivered = typed("deliveries", "retry", id, "--wait");
    CommandResult again = typed("deliveries", "retry", id, "--wait", "-o", "json");

    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out().lines().toList())
        .hasSize(2)
        .satisfies(
            lines -> assertThat(lines.get(0)).matches("attempt 2 failed: HTTP 401 after \\d+ ms.*"))
        .satisfies(lines -> assertThat(lines.get(1)).isEqualTo(UNAUTHORIZED));
    assertThat(delivered.code()).isZero();
    assertThat(delivered.out()).matches("attempt 3: HTTP 200 after \\d+ ms\\R");
    assertThat(again.code()).isEqualTo(1);
    JsonNode json = json(again);
    assertThat(json.path("id").asText()).isEqualTo(id);
    assertThat(json.at("/attempt/number").asInt()).isEqualTo(4);
    assertThat(json.at("/attempt/statusCode").asInt()).isEqualTo(401);
    assertThat(json.has("log")).isFalse();
  }

  @Test
  void aRetryThatDoesNotEndInTimeFails() throws IOException {
    CountDownLatch released = new CountDownLatch(1);
    fixture.inbox().replying(hook, n -> afterwards(released));
    try {
      tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
      String id = tenant.list("deliveries").get(0).path("id").asText();

      CommandResult late = typed("deliveries", "retry", id, "--wait", "--timeout", "1ms");
      CommandResult json =
          typed("deliveries", "retry", id, "--wait", "--timeout", "1ms", "-o", "json");

      assertThat(late.code()).isEqualTo(1);
      assertThat(late.out())
          .startsWith("no attempt has ended yet; " + id + " is pending")
          .contains("; see hookferry deliveries show " + id + " --site ");
      assertThat(json.code()).isEqualTo(1);
      assertThat(json(json).path("attempt").isNull()).isTrue();
    } finally {
      released.countDown();
    }
  }

  private static ReceiverReply afterwards(CountDownLatch released) {
    try {
      assertThat(released.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ReceiverReply.of(200);
  }

  /** It would be waited for in vain. */
  @Test
  void aRetryOfAHeldDeliveryIsNotWaitedFor() {
    fixture.inbox().responding(hook, n -> 500);
    String id = exhausted();
    typed("endpoints", "pause", endpoint);

    CommandResult held = typed("deliveries", "retry", id, "--wait", "--timeout", "1d");
    CommandResult only = typed("deliveries", "retry", id);

    assertThat(held.code()).isEqualTo(1);
    assertThat(held.out()).contains("no attempt has ended yet; " + id + " is held: ");
    assertThat(only.out()).startsWith(id + " is held; see the outcome");
  }

  @Test
  void adviceFollowsTheLastAttemptIfItFailed() {
    fixture.inbox().responding(hook, n -> n < 3 ? 401 : 200);
    String id = exhausted();

    assertThat(typed("deliveries", "show", id).out().lines()).endsWith(UNAUTHORIZED);
    assertThat(typed("endpoints", "test", endpoint).out().lines()).endsWith(UNAUTHORIZED);
    typed("deliveries", "retry", id, "--wait");
    assertThat(typed("deliveries", "show", id).out()).doesNotContain(UNAUTHORIZED.strip());
  }

  @Test
  void failedStandsForExhaustedAndPoisoned() {
    fixture.inbox().responding(hook, n -> n == 1 ? 500 : 200);
    String id = exhausted();
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("delivered", 1);

    assertThat(typed("deliveries", "list", "--status", "failed").out().lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith(id);
    assertThat(typed("deliveries", "list", "--status", "failed,delivered").out().lines())
        .hasSize(3);
    CommandResult wrong = typed("deliveries", "list", "--status", "broken");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("poisoned or failed (got broken)");
    assertThat(typed("replays", "start", "--since", "1h", "--status", "failed", "--dry-run").out())
        .containsPattern("exhausted +1 +yes\\R")
        .containsPattern("delivered +1 +no\\R");
  }

  @Test
  void anEndpointGetsEventsFromBeforeItWasCreated() {
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    String url = fixture.inbox().url(tenant.path("late").text());
    String late = tenant.endpoint(url, "*").path("id").asText();

    assertThat(typed("replays", "start", "--since", "1h", "--missing").err())
        .contains("--missing: requires --endpoint");
    assertThat(missing(late, "--dry-run").out())
        .startsWith("2 events that the endpoint never got would be replayed");
    assertThat(missing(late, "--wait", "--yes").out())
        .contains("is done: 2 deliveries are due again, 0 skipped");
    tenant.awaitDeliveries("delivered", 4);
    assertThat(missing(late, "--dry-run").out())
        .startsWith("nothing to send: the endpoint already has every matching event");
  }

  private CommandResult missing(String late, String... more) {
    List<String> start = List.of("replays", "start", "--since", "1h", "--missing", "--endpoint");
    return typed(
        Stream.of(start, List.of(late), List.of(more))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  /** Returns the id of a delivery of which the only attempt failed. */
  private String exhausted() {
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("exhausted", 1);
    return tenant.deliveries("exhausted").get(0).path("id").asText();
  }

  private CommandResult typed(String... args) {
    List<String> more =
        List.of(
            "--site",
            tenant.path().text().split("/")[2],
            "--server",
            fixture.server().address().toString(),
            "--key",
            ServerFixture.KEY);
    return CommandResult.run(Stream.concat(Stream.of(args), more.stream()).toArray(String[]::new));
  }

  private static JsonNode json(CommandResult typed) throws IOException {
    return new ObjectMapper().readTree(typed.out());
  }
}
