package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.Actor;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.PortalSessionStart;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.query.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The product learns that a user of the portal has signed in. */
class PortalSessionEventTest {
  private static final String WATCH = "https://product.example/hook";
  private static final String ALL = "https://all.example/hook";
  private static final NewPortalLink ADA =
      NewPortalLink.of("c-17").name("Ada").labels(Map.of("customer", "c-17"));

  private final Embedded embedded = new Embedded();
  private final List<PortalSessionStart> told = new CopyOnWriteArrayList<>();
  private Hookferry hookferry;
  private Portal portal;

  @BeforeEach
  void start() {
    embedded.close();
    hookferry =
        embedded.with(
            new Listener() {
              @Override
              public void portalSessionStarted(PortalSessionStart news) {
                told.add(news);
              }
            });
    portal = Portal.of(hookferry, embedded.clock);
    var unused =
        hookferry
            .webhooks()
            .settings()
            .changeByName(Embedded.SITE, Map.of("portal", Map.of("enabled", true)));
    endpoint(WATCH, "portal.session_started");
    endpoint(ALL, "*");
    endpoint("https://prefix.example/hook", "portal.*");
  }

  @AfterEach
  void close() {
    hookferry.close();
  }

  private void endpoint(String url, String type) {
    var unused =
        hookferry.webhooks().endpoints().create(Embedded.SITE, EndpointSpec.to(url).types(type));
  }

  private void enter(NewPortalLink link) {
    String code = portal.link(Embedded.SITE, link, Actor.PROGRAM).code();
    assertThat(portal.exchange(code)).isPresent();
    assertThat(portal.exchange(code)).as("a code works once").isEmpty();
  }

  @Test
  void eachSessionOfAUserIsReportedOnce() {
    enter(ADA);
    Poll.until(() -> embedded.transport.requestsTo(WATCH).size() == 1);
    enter(ADA.asOperator());
    enter(NewPortalLink.of("c-18"));
    Poll.until(() -> embedded.transport.requestsTo(WATCH).size() == 2 && told.size() == 2);

    String id = portal.sessions(Embedded.SITE, "c-18", page()).data().get(0).id().toString();
    assertThat(body(0))
        .startsWith("{\"EventType\":\"portal.session_started\",\"EventTime\":\"")
        .contains("\"subject\":\"c-17\",\"name\":\"Ada\",\"labels\":{\"customer\":\"c-17\"}")
        .contains("\"site\":\"default\"", "\"at\":\"" + embedded.clock.instant());
    assertThat(body(1)).contains("\"session\":\"" + id + "\",\"subject\":\"c-18\"");
    assertThat(told).extracting(PortalSessionStart::subject).containsExactly("c-17", "c-18");
    assertThat(embedded.transport.requests()).hasSize(2);
  }

  private static PageRequest page() {
    return PageRequest.of(5);
  }

  private String body(int number) {
    return embedded.transport.requestsTo(WATCH).get(number).body().text();
  }
}
