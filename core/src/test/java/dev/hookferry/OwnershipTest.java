package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.Poll;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.endpoint.Ownership;
import dev.hookferry.endpoint.Party;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.config.ConfigText;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.transport.SignedRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OwnershipTest {
  private static final SiteId SITE = SiteId.DEFAULT;
  private static final String INSIDE = "http://127.0.0.1:9000/hook";
  private static final String PUBLIC = "https://customer.example/hook";
  private static final Ownership CUSTOMERS = new Ownership(Party.CUSTOMER, Party.CUSTOMER);

  private final ManualClock clock = ManualClock.atNoon();
  private final ScriptedTransport transport =
      new ScriptedTransport(
          OutboundPolicy.strict()
              .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
              .allowingHttp());
  private final Hookferry hookferry =
      Hookferry.builder(new MemoryStore(clock, Duration.ofHours(1)), transport)
          .secrets(Secrets.inTheClear())
          .clock(clock)
          .build()
          .start();
  private final Endpoints endpoints = hookferry.webhooks().endpoints();

  @AfterEach
  void close() {
    hookferry.close();
  }

  private Endpoint customers() {
    return endpoints
        .create(SITE, EndpointSpec.to(PUBLIC).types("*").ownership(CUSTOMERS))
        .endpoint();
  }

  private Endpoint changed(Endpoint endpoint, EndpointSpec asked) {
    return endpoints.change(SITE, endpoint.id(), asked).endpoint();
  }

  @Test
  void everyRequestToTheUrlOfACustomerIsStrict() {
    Endpoint endpoint = customers();
    Endpoint own = endpoints.create(SITE, EndpointSpec.to(INSIDE).types("*")).endpoint();
    transport.responding(PUBLIC, n -> ScriptedTransport.status(n == 1 ? 500 : 200));
    var receipt = hookferry.webhooks().publish(SITE, NewEvent.of("license_created", "{}")).join();
    assertThat(receipt.deliveries()).isEqualTo(2);
    Poll.until(() -> transport.requestsTo(PUBLIC).size() == 1);
    Delivery failed =
        hookferry
            .webhooks()
            .deliveries()
            .list(DeliveryQuery.ofSite(SITE).endpoint(endpoint.id()))
            .data()
            .get(0);
    Poll.until(() -> hookferry.webhooks().deliveries().get(SITE, failed.id()).attempts() == 1);
    var retried = hookferry.webhooks().deliveries().retry(SITE, failed.id()).join();
    var tested = endpoints.test(SITE, endpoint.id()).join();
    EndpointSpec trial = EndpointSpec.to(PUBLIC).ownership(CUSTOMERS);
    var tried = endpoints.probe(SITE, trial, null).join();
    assertThat(List.of(retried, tested, tried)).doesNotContainNull();
    Poll.until(() -> transport.requestsTo(PUBLIC).size() == 4);
    assertThat(transport.requestsTo(PUBLIC)).allMatch(SignedRequest::strict);
    var ownTest = endpoints.test(SITE, own.id()).join();
    assertThat(ownTest.outcome().isSuccess()).isTrue();
    assertThat(transport.requestsTo(INSIDE)).noneMatch(SignedRequest::strict);
  }

  @Test
  void theUrlOfACustomerIsCheckedWithoutExceptions() {
    EndpointSpec asked = EndpointSpec.to(INSIDE).types("*").ownership(CUSTOMERS);
    for (Runnable call :
        List.<Runnable>of(
            () -> endpoints.create(SITE, asked),
            () -> endpoints.probe(SITE, asked, null),
            () -> changed(customers(), asked))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(InvalidException.class)
          .hasMessageContaining("it comes from a customer");
    }
    assertThat(endpoints.all(SITE)).extracting(one -> one.url().text()).containsOnly(PUBLIC);
  }

  @Test
  void anotherUrlIsTheOperatorsUnlessHeSaysOtherwise() {
    Endpoint endpoint = customers();
    Endpoint described = changed(endpoint, EndpointSpec.to(PUBLIC).description("as read"));
    assertThat(described.ownership()).as("the same URL").isEqualTo(CUSTOMERS);
    assertThat(changed(endpoint, EndpointSpec.to(INSIDE)).ownership()).isEqualTo(Ownership.DEFAULT);
    assertThatThrownBy(() -> changed(endpoint, EndpointSpec.change().ownership(CUSTOMERS)))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("127.0.0.0/8 (loopback)");
    Endpoint moved = changed(endpoint, EndpointSpec.to(PUBLIC).ownership(CUSTOMERS));
    assertThat(moved.ownership().isStrict()).isTrue();
    Endpoint taken = changed(endpoint, EndpointSpec.change().ownership(Ownership.DEFAULT));
    assertThat(taken.ownership().isStrict()).isFalse();
    assertThat(taken.url().text()).isEqualTo(PUBLIC);
  }

  @Test
  void aNameThatLeadsInsideIsRefusedForBoth() {
    transport.refusing("inside.example");
    EndpointSpec asked = EndpointSpec.to("https://inside.example/").types("*");
    for (EndpointSpec one : List.of(asked, asked.ownership(CUSTOMERS))) {
      assertThatThrownBy(() -> endpoints.create(SITE, one)).isInstanceOf(InvalidException.class);
    }
  }

  /** A store may have been written before there was such a rule, or by hand. */
  @Test
  void aStrictRequestInsideIsBlockedWhateverTheStoreSays() {
    SignedRequest request =
        new SignedRequest(
            TargetUrl.parse(INSIDE), List.of(), Payload.of("{}"), Duration.ofSeconds(1));
    transport.send(
        request.strictly(),
        outcome -> {
          assertThat(outcome.kind()).isEqualTo(OutcomeKind.BLOCKED_ADDRESS);
          assertThat(outcome.detail()).startsWith("not sent: the URL must ");
        });
    assertThat(transport.requests()).isEmpty();
    transport.send(request, outcome -> assertThat(outcome.isSuccess()).isTrue());
    assertThat(transport.requests()).hasSize(1);
  }

  @Test
  void anEndpointOfAnEarlierVersionIsTheOperators() {
    Endpoint endpoint = customers();
    String text = ConfigText.write(endpoint);
    assertThat(JsonMembers.parse(text, ConfigText::endpoint)).isEqualTo(endpoint);
    assertThat(text).contains(",\"urlFrom\":\"customer\"");
    String earlier = text.replace(",\"urlFrom\":\"customer\"", "");
    assertThat(JsonMembers.parse(earlier, ConfigText::endpoint).ownership())
        .isEqualTo(Ownership.DEFAULT);
    assertThat(ConfigText.write(endpoint.with(Ownership.DEFAULT))).isEqualTo(earlier);
  }
}
