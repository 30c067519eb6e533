package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.contract.support.Poll;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Treatment of endpoints by their receivers' responses, end to end, on one store. */
interface DeliveryRulesContract {

  ServerFixture fixture();

  @Test
  default void goneReceiverIsDisabledReportedAndResumed() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String gone = tenant.path("gone").text();
    String watch = tenant.path("watch").text();
    inbox.responding(gone, n -> 410);
    String id = tenant.endpoint(inbox.url(gone), "*").path("id").asText();
    tenant.endpoint(inbox.url(watch), "endpoint_disabled");

    tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":1}}");
    Poll.until(() -> !tenant.get("endpoints", id).path("enabled").asBoolean());
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":2}}");
    tenant.awaitDeliveries("held", 2);
    JsonNode disabled = tenant.get("endpoints", id);
    assertThat(disabled.path("disabledReason").asText())
        .isEqualTo("the receiver responded with 410 Gone");
    assertThat(disabled.path("stateSince").isNull()).isFalse();
    Received told = inbox.await(watch, 1).get(0);
    assertThat(told.type()).isEqualTo("endpoint_disabled");
    assertThat(told.body().text()).contains(id, "410 Gone", "\"host\":\"127.0.0.1\"");

    inbox.responding(gone, n -> 200);
    JsonNode resumed = tenant.post("{'perSecond': 50}", "endpoints", id, "resume");

    assertThat(resumed.path("enabled").asBoolean()).isTrue();
    assertThat(resumed.path("disabledReason").isNull()).isTrue();
    assertThat(resumed.path("releasePerSecond").asInt()).isEqualTo(50);
    tenant.awaitDeliveries("delivered", 3);
    assertThat(inbox.at(gone)).hasSize(3);
    assertThat(tenant.get("endpoints", id).path("health").path("state").asText())
        .isEqualTo("working");
    assertThatThrownBy(() -> tenant.post("{'perSecond': 0}", "endpoints", id, "resume"))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(400));
  }

  @Test
  default void aReceiverThatNeverRespondsIsCutOffAtItsTimeout() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String slow = tenant.path("slow").text();
    inbox.replying(slow, n -> new ReceiverReply(200, ReceiverReply.NEVER));
    String body = "{'url':'" + inbox.url(slow) + "','eventTypes':['*'],'timeout':'1s'}";
    String id = tenant.post(body, "endpoints").path("id").asText();
    assertThat(tenant.get("endpoints", id).path("timeout").asText()).isEqualTo("1s");

    JsonNode attempt = tenant.post("{}", "endpoints", id, "test");

    assertThat(attempt.path("outcome").asText()).isEqualTo("timeout");
    assertThat(attempt.path("durationMillis").asInt()).isBetween(950, 10_000);
  }

  @Test
  default void aStatusIsSuccessIfItsEndpointCountsIt() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    tenant.changeSettings("{'webHookMaxRetries': 1, 'webHookRetryInterval': 1}");
    String strict = tenant.path("strict").text();
    String lenient = tenant.path("lenient").text();
    inbox.responding(strict, n -> n == 1 ? 304 : 200);
    inbox.responding(lenient, n -> n == 1 ? 304 : 200);
    String usual = tenant.endpoint(inbox.url(strict), "*").path("id").asText();
    String body =
        "{'url':'"
            + inbox.url(lenient)
            + "','eventTypes':['*'],'successStatuses':['304','2xx','304']}";
    String id = tenant.post(body, "endpoints").path("id").asText();
    assertThat(tenant.get("endpoints", id).path("successStatuses"))
        .hasToString("[\"2xx\",\"304\"]");

    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("delivered", 2);

    assertThat(statuses(tenant, usual, "http_error")).containsExactly(304);
    assertThat(statuses(tenant, usual, "delivered")).containsExactly(200);
    assertThat(statuses(tenant, id, "http_error")).isEmpty();
    assertThat(statuses(tenant, id, "delivered")).containsExactly(304);
    assertThat(inbox.at(strict)).hasSize(2);
    assertThat(inbox.at(lenient)).hasSize(1);
  }

  private static List<Integer> statuses(Tenant tenant, String endpoint, String outcome) {
    return tenant.list("attempts").stream()
        .filter(attempt -> attempt.path("endpoint").asText().equals(endpoint))
        .filter(attempt -> attempt.path("outcome").asText().equals(outcome))
        .map(attempt -> attempt.path("statusCode").asInt())
        .toList();
  }

  @Test
  default void aReceiverThatRespondsWithErrorsGetsItsRetriesOnTime() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    tenant.changeSettings("{'webHookMaxRetries': 1, 'webHookRetryInterval': 1}");
    String broken = tenant.path("broken").text();
    AtomicInteger open = new AtomicInteger();
    AtomicInteger mostRetriesOpen = new AtomicInteger();
    inbox.replying(
        broken,
        n -> {
          int now = open.incrementAndGet();
          mostRetriesOpen.accumulateAndGet(n > 200 ? now : 0, Math::max);
          return new ReceiverReply(500, Duration.ofMillis(100)).whenEnded(open::decrementAndGet);
        });
    String id = tenant.endpoint(inbox.url(broken), "*").path("id").asText();

    String event = "{\"type\":\"license_created\",\"data\":{}}";
    tenant.publish(
        IntStream.range(0, 200).mapToObj(i -> event).collect(Collectors.joining(",", "[", "]")));
    tenant.awaitDeliveries("exhausted", 200);

    JsonNode health = tenant.get("endpoints", id).path("health");
    assertThat(health.path("state").asText()).isEqualTo("failing");
    assertThat(health.path("reason").asText()).isEqualTo("400 consecutive failures");
    assertThat(health.path("until").isNull()).isTrue();
    assertThat(inbox.at(broken)).hasSize(400);
    assertThat(mostRetriesOpen).as("a back-off sends one at a time").hasValueGreaterThan(1);
  }

  @Test
  default void endpointGetsOnlyFilterMatchesAndExplainsTheRest() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String all = tenant.path("all").text();
    String large = tenant.path("large").text();
    tenant.endpoint(inbox.url(all), "*");
    String body =
        "{'url':'" + inbox.url(large) + "','eventTypes':['*'],'filter':{'n':{'$gte':1.10}}}";
    String id = tenant.post(body, "endpoints").path("id").asText();

    String small =
        tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":1.09}}").path("id").asText();
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":1.1}}");

    inbox.await(all, 2);
    assertThat(inbox.await(large, 1)).hasSize(1);
    tenant.awaitDeliveries("delivered", 3);
    JsonNode why = tenant.get("events", small, "routing").path("data").path(0);
    assertThat(why.path("endpoint").asText()).isEqualTo(id);
    assertThat(why.path("outcome").asText()).isEqualTo("filter");
    assertThat(why.path("found").asText()).isEqualTo("1.09");
    JsonNode tried = tenant.post("{'last':10}", "endpoints", id, "filter-test");
    assertThat(tried.path("matched").asInt()).isEqualTo(1);
    assertThat(tried.path("notMatched").asInt()).isEqualTo(1);
    assertThat(tried.path("absentFields")).isEmpty();
  }

  @Test
  default void nothingIsSentBeforeTheTimeThatAReceiverNames() {
    Tenant tenant = fixture().tenant();
    Inbox inbox = fixture().inbox();
    String busy = tenant.path("busy").text();
    inbox.replying(
        busy, n -> n == 1 ? ReceiverReply.of(429).with("Retry-After", "3") : ReceiverReply.of(200));
    String id = tenant.endpoint(inbox.url(busy), "*").path("id").asText();

    tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":1}}");
    inbox.await(busy, 1);
    Poll.until(
        () ->
            tenant
                .get("endpoints", id)
                .path("health")
                .path("state")
                .asText()
                .equals("rate_limited"));
    tenant.publish("{\"type\":\"license_created\",\"data\":{\"n\":2}}");
    tenant.awaitDeliveries("delivered", 2);

    List<Received> requests = inbox.at(busy);
    assertThat(requests).hasSize(3);
    assertThat(requests.subList(1, 3))
        .allMatch(
            request ->
                Duration.between(requests.get(0).at(), request.at())
                        .compareTo(Duration.ofMillis(2_900))
                    >= 0);
  }
}
