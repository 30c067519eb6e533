package org.openapitools.client;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.openapitools.client.api.CustomerPortalApi;
import org.openapitools.client.api.DeliveriesApi;
import org.openapitools.client.api.EndpointsApi;
import org.openapitools.client.api.EventsApi;
import org.openapitools.client.api.PortalApi;
import org.openapitools.client.api.ReplaysApi;
import org.openapitools.client.api.SettingsApi;
import org.openapitools.client.model.DeliveryPolicy;
import org.openapitools.client.model.Endpoint;
import org.openapitools.client.model.EndpointChange;
import org.openapitools.client.model.EndpointRouting;
import org.openapitools.client.model.EndpointWithSecret;
import org.openapitools.client.model.EventRouting;
import org.openapitools.client.model.Limits;
import org.openapitools.client.model.NewEndpoint;
import org.openapitools.client.model.NewEvent;
import org.openapitools.client.model.NewPortalEndpoint;
import org.openapitools.client.model.NewPortalLink;
import org.openapitools.client.model.NewReplayJob;
import org.openapitools.client.model.Portal;
import org.openapitools.client.model.PortalCode;
import org.openapitools.client.model.PortalEndpoint;
import org.openapitools.client.model.RatePolicy;
import org.openapitools.client.model.Receipt;
import org.openapitools.client.model.ReplayCriteria;
import org.openapitools.client.model.ReplayJob;
import org.openapitools.client.model.ReplayPreview;
import org.openapitools.client.model.Retry;
import org.openapitools.client.model.Settings;
import org.openapitools.client.model.SettingsChange;

/** A customer's program, compiled against each generated Java client. Fails with an exception. */
public final class Scenario {
  private static final String SITE = "default";
  private static final List<String> CREATED = List.of("license_created");
  private static final List<String> PENDING = List.of("pending");
  private static final List<String> EXHAUSTED = List.of("exhausted");
  private static final List<NewPortalLink.CanEnum> MAY =
      List.of(NewPortalLink.CanEnum.MANAGE, NewPortalLink.CanEnum.REMOVE);
  private static final OffsetDateTime SINCE = OffsetDateTime.parse("2020-01-01T00:00:00Z");

  private final ApiClient client;
  private final Consumer<String> withToken;
  private final boolean sendsNull;

  /**
   * @param client a client with the server's URL and an admin key
   * @param withToken gives the client another bearer token
   * @param sendsNull whether the client can send null for a field
   */
  Scenario(ApiClient client, Consumer<String> withToken, boolean sendsNull) {
    this.client = client;
    this.withToken = withToken;
    this.sendsNull = sendsNull;
  }

  void run() throws Exception {
    settings();
    String endpoint = endpoints();
    publish();
    replay();
    route();
    String link = link();
    new EndpointsApi(client).removeEndpoint(SITE, endpoint);
    portal(link);
  }

  private void settings() throws Exception {
    SettingsApi api = new SettingsApi(client);
    api.changeSettings(SITE, new SettingsChange().eventTypes(List.of("order.paid")));
    Settings after = api.changeSettings(SITE, new SettingsChange().webHookMaxRetries(0));
    check(after.getWebHookMaxRetries() == 0, "one setting is changed");
    check(
        api.getSettings(SITE).getEventTypes().equals(List.of("order.paid")),
        "the event types survive a change of something else");
  }

  private String endpoints() throws Exception {
    EndpointsApi api = new EndpointsApi(client);
    NewEndpoint asked =
        new NewEndpoint()
            .url("https://crm.example/hook")
            .eventTypes(List.of("license_*"))
            .headers(Map.of("X-Team", "blue"))
            .signatures(List.of())
            .retry(new Retry().maxRetries(0).intervalSeconds(5));
    EndpointWithSecret made = api.createEndpoint(SITE, asked);
    check(made.getSecret().startsWith("whsec_"), "the secret is shown");
    check(made.getSignatures().size() == 2, "no signatures means the default");

    Endpoint changed =
        api.changeEndpoint(SITE, made.getId(), new EndpointChange().description("CRM"));
    check(changed.getDescription().equals("CRM"), "the description is changed");
    check(changed.getHeaders().equals(Map.of("X-Team", "blue")), "the headers survive");
    check(changed.getEventTypes().equals(List.of("license_*")), "the event types survive");
    check(changed.getSignatures().size() == 2, "the signatures survive");
    check(changed.getRetry() != null, "its own retry settings survive");

    EndpointChange none = new EndpointChange().headers(Map.of());
    check(api.changeEndpoint(SITE, made.getId(), none).getHeaders().isEmpty(), "headers removed");
    if (sendsNull) {
      EndpointChange cleared = new EndpointChange().retry(null);
      check(api.changeEndpoint(SITE, made.getId(), cleared).getRetry() == null, "retry cleared");
    }
    check(api.listEndpoints(SITE, 10, null).getData().size() == 1, "it is listed");
    check(api.getEndpoint(SITE, made.getId()).getQlmSecret() == null, "it has no QLM key");
    return made.getId();
  }

  private void publish() throws Exception {
    EventsApi api = new EventsApi(client);
    Receipt one = api.publish(SITE, event(1), null, null, null);
    check(one.getDeliveries() == 1, "the event goes to one endpoint");
    List<Receipt> batch =
        api.publishBatch(SITE, List.of(event(2), event(3)), "batch-" + one.getId(), null, null);
    check(batch.size() == 2, "a receipt for each event");
    check(
        api.listEvents(SITE, CREATED, null, null, SINCE, null, 10, null).getData().size() == 3,
        "the events are listed");
    check(api.getEvent(SITE, one.getId()).getDeliveries().size() == 1, "with their deliveries");
  }

  private void replay() throws Exception {
    awaitExhausted(3);
    ReplaysApi api = new ReplaysApi(client);
    ReplayPreview preview = api.previewReplay(SITE, new ReplayCriteria().since(SINCE));
    check(preview.getCount() == 3, "the preview counts what failed");
    ReplayJob job = api.beginReplay(SITE, new NewReplayJob().since(SINCE).rate(1000));
    check(job.getExpected() == 3, "the job sends what failed");
    check(api.getReplay(SITE, job.getId()).getId().equals(job.getId()), "the job can be read");
    check(api.listReplays(SITE, null, null).getData().size() == 1, "and is listed");
  }

  private void route() throws Exception {
    EndpointsApi endpoints = new EndpointsApi(client);
    NewEndpoint asked =
        new NewEndpoint()
            .url("https://crm.example/large")
            .eventTypes(List.of("license_*"))
            .uid("large")
            .labels(Map.of("region", "eu"))
            .filter(Map.of("n", Map.of("$gte", 10)))
            .limits(new Limits().perMinute(30));
    check(endpoints.createEndpoint(SITE, asked).getLimits().getPerMinute() == 30, "it has a limit");
    DeliveryPolicy policy = endpoints.getEndpointPolicy(SITE, "large");
    check(policy.getRate().getOrigin() == RatePolicy.OriginEnum.ENDPOINT, "its rate is its own");

    EventsApi events = new EventsApi(client);
    NewEvent small = event(9).labels(Map.of("region", "eu")).to(List.of("large"));
    EventRouting routing =
        events.explainRouting(SITE, events.publish(SITE, small, null, null, null).getId(), null, null);
    check(
        routing.getData().stream()
            .anyMatch(e -> e.getOutcome() == EndpointRouting.OutcomeEnum.FILTER),
        "the filter keeps a small number back");

    NewEvent later = event(10).labels(Map.of("region", "eu")).deliverAt(OffsetDateTime.now().plusDays(1));
    check(events.publish(SITE, later, null, null, null).getDeliveries() == 2, "labels and filter match");
    DeliveriesApi deliveries = new DeliveriesApi(client);
    String scheduled =
        deliveries
            .listDeliveries(
                SITE, PENDING, "large", null, null, null, null, null, null, null, null, null, null)
            .getData()
            .get(0)
            .getId();
    check(
        deliveries.cancelDelivery(SITE, scheduled, null).getStatus().toString().equals("cancelled"),
        "a scheduled delivery is cancelled");
    endpoints.removeEndpoint(SITE, "large");
  }

  private String link() throws Exception {
    new SettingsApi(client).changeSettings(SITE, new SettingsChange().portal(new Portal().enabled(true)));
    NewPortalLink asked = new NewPortalLink().subject("c-17").labels(Map.of("customer", "c-17")).can(MAY);
    String url = new PortalApi(client).createPortalLink(SITE, asked).getUrl();
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** From here on the client has the token of a customer instead of a key. */
  private void portal(String code) throws Exception {
    PortalCode exchange = new PortalCode().code(code);
    withToken.accept(new CustomerPortalApi(client).openPortalSession(exchange).getToken());
    CustomerPortalApi api = new CustomerPortalApi(client);
    NewPortalEndpoint asked =
        new NewPortalEndpoint().url("https://customer.example/hook").eventTypes(List.of("license_*"));
    PortalEndpoint made = api.createOwnEndpoint(asked);
    check(made.getLabels().equals(Map.of("customer", "c-17")), "it has the customer's labels");
    check(made.getSuccessStatuses().equals(List.of("2xx")), "it says what counts as success");
    check(api.listOwnEndpoints().getData().size() == 1, "only what is the customer's is listed");
    api.pauseOwnEndpoint(made.getId(), null);
    api.removeOwnEndpoint(made.getId());
  }

  private void awaitExhausted(int count) throws Exception {
    DeliveriesApi api = new DeliveriesApi(client);
    long deadline = System.nanoTime() + 300_000_000_000L;
    int found = 0;
    while (found < count) {
      check(System.nanoTime() < deadline, "only " + found + " deliveries are exhausted");
      LockSupport.parkNanos(20_000_000);
      found =
          api.listDeliveries(
              SITE, EXHAUSTED, null, null, null, null, null, null, null, null, null, null, null)
              .getData()
              .size();
    }
  }

  private static NewEvent event(int number) {
    return new NewEvent().type("license_created").data(Map.of("n", number));
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("not so: " + what);
    }
  }
}
