import com.sun.net.httpserver.HttpServer;
import com.svix.Svix;
import com.svix.SvixOptions;
import com.svix.Webhook;
import com.svix.api.ApplicationListOptions;
import com.svix.api.EndpointGetStatsOptions;
import com.svix.api.EventTypeListOptions;
import com.svix.api.MessageAttemptListByEndpointOptions;
import com.svix.api.MessageListOptions;
import com.svix.exceptions.ApiException;
import com.svix.exceptions.WebhookVerificationException;
import com.svix.models.ApplicationIn;
import com.svix.models.ApplicationOut;
import com.svix.models.ApplicationPatch;
import com.svix.models.EndpointHeadersIn;
import com.svix.models.EndpointHeadersPatchIn;
import com.svix.models.EndpointIn;
import com.svix.models.EndpointOut;
import com.svix.models.EndpointPatch;
import com.svix.models.EndpointSecretRotateIn;
import com.svix.models.EndpointUpdate;
import com.svix.models.EventExampleIn;
import com.svix.models.EventTypeIn;
import com.svix.models.EventTypePatch;
import com.svix.models.EventTypeUpdate;
import com.svix.models.MessageAttemptOut;
import com.svix.models.MessageAttemptTriggerType;
import com.svix.models.MessageIn;
import com.svix.models.MessageOut;
import com.svix.models.MessageStatus;
import com.svix.models.RecoverIn;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

/** The calls that Svix's SDK for Java makes, against a server at the given address. */
public final class SvixScenario {
  private static final String APP = "acme";

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Svix svix;
  private final URI hook;

  private record Received(HttpHeaders headers, String body) {}

  private SvixScenario(Svix svix, URI hook) {
    this.svix = svix;
    this.hook = hook;
  }

  public static void main(String[] arguments) throws Exception {
    SvixOptions options = new SvixOptions();
    options.setServerUrl(arguments[0]);
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer receiver = HttpServer.create(any, 0);
    URI hook = URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    SvixScenario scenario = new SvixScenario(new Svix(arguments[1], options), hook);
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          HttpHeaders headers = HttpHeaders.of(exchange.getRequestHeaders(), (name, value) -> true);
          scenario.received.add(new Received(headers, body));
          byte[] reply = "seen".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, reply.length);
          exchange.getResponseBody().write(reply);
          exchange.close();
        });
    receiver.start();
    try {
      scenario.run();
    } catch (Exception | AssertionError e) {
      e.printStackTrace();
      if (e instanceof ApiException refusal) {
        System.err.println(refusal.getResponseBody());
      }
      System.exit(1);
    }
    System.out.println("all calls made");
    System.exit(0);
  }

  private void run() throws Exception {
    eventTypes();
    applications();
    EndpointOut endpoint = endpoints();
    MessageOut sent = messages(endpoint);
    attempts(endpoint, sent);
    others(endpoint);
  }

  private void eventTypes() throws Exception {
    Object schemas = Map.of("1", Map.of("type", "object", "required", List.of("id")));
    EventTypeIn paid =
        new EventTypeIn().name("invoice.paid").description("Paid.").schemas(schemas);
    same(false, svix.getEventType().create(paid).getArchived());
    refused(409, () -> svix.getEventType().create(paid));
    var made = svix.getEventType().create(new EventTypeIn().name("a.b").description("x"));
    var put = svix.getEventType().update("a.b", new EventTypeUpdate().description("y"));
    same("y", svix.getEventType().patch("a.b", new EventTypePatch().deprecated(true)).getDescription());
    svix.getEventType().delete("a.b");
    same(1, svix.getEventType().list().getData().size());
    EventTypeListOptions all = new EventTypeListOptions();
    all.setIncludeArchived(true);
    same(2, svix.getEventType().list(all).getData().size());
  }

  private void applications() throws Exception {
    ApplicationOut app = svix.getApplication().create(new ApplicationIn().name("Acme").uid(APP));
    ApplicationIn other = new ApplicationIn().name("Other").uid(APP);
    same(app.getId(), svix.getApplication().getOrCreate(other).getId());
    same("Other", svix.getApplication().update(APP, other).getName());
    ApplicationPatch patch = new ApplicationPatch().metadata(Map.of("plan", "tin"));
    same("Other", svix.getApplication().patch(APP, patch).getName());
    same(Map.of("plan", "tin"), svix.getApplication().get(app.getId()).getMetadata());
    ApplicationListOptions one = new ApplicationListOptions();
    one.setLimit(1L);
    same(false, svix.getApplication().list(one).getDone());
    refused(422, () -> svix.getApplication().create(new ApplicationIn().name("")));
    refused(404, () -> svix.getApplication().get("nobody"));
  }

  private EndpointOut endpoints() throws Exception {
    EndpointIn main = new EndpointIn().url(hook).uid("main").channels(Set.of("eu"));
    EndpointOut made = svix.getEndpoint().create(APP, main);
    EndpointUpdate update = new EndpointUpdate().url(hook).uid("main").channels(Set.of("eu", "us"));
    same(made.getId(), svix.getEndpoint().update(APP, "main", update).getId());
    EndpointPatch patch = new EndpointPatch().description("Main");
    same(Set.of("eu", "us"), svix.getEndpoint().patch(APP, "main", patch).getChannels());
    Map<String, String> headers = Map.of("X-Team", "blue", "Authorization", "Basic eDp5");
    svix.getEndpoint().updateHeaders(APP, made.getId(), new EndpointHeadersIn().headers(headers));
    svix.getEndpoint()
        .patchHeaders(
            APP,
            made.getId(),
            new EndpointHeadersPatchIn().headers(Map.of("X-Two", "2")).deleteHeaders(List.of("X-Team")));
    var shown = svix.getEndpoint().getHeaders(APP, made.getId());
    same(Map.of("X-Two", "2"), shown.getHeaders());
    same(Set.of("Authorization"), Set.copyOf(shown.getSensitive()));
    svix.getEndpoint().rotateSecret(APP, made.getId(), new EndpointSecretRotateIn());
    same(1, svix.getEndpoint().list(APP).getData().size());
    return made;
  }

  private MessageOut messages(EndpointOut endpoint) throws Exception {
    String payload = "{\"id\": \"inv_1\", \"amount\": 1.10}";
    MessageIn first =
        new MessageIn().eventType("invoice.paid").eventId("first").channels(Set.of("eu"));
    MessageOut sent = svix.getMessage().create(APP, first.payload(payload));
    refused(409, () -> svix.getMessage().create(APP, first));
    refused(422, () -> svix.getMessage().create(APP, new MessageIn().eventType("invoice.paid").payload("{}")));
    until(() -> received.size() == 1);
    Received request = received.get(0);
    same(payload, request.body());
    String key = svix.getEndpoint().getSecret(APP, endpoint.getId()).getKey();
    new Webhook(key).verify(request.body(), request.headers().map());
    try {
      new Webhook(key).verify(request.body() + " ", request.headers().map());
      throw new AssertionError("a changed body was verified");
    } catch (WebhookVerificationException e) {
      // As it should be.
    }
    same(sent.getId(), svix.getMessage().get(APP, "first").getId());
    MessageListOptions some = new MessageListOptions();
    some.setChannel("eu");
    some.setEventTypes(Set.of("invoice.paid", "other"));
    some.setAfter(OffsetDateTime.now().minusMinutes(1));
    same(1, svix.getMessage().list(APP, some).getData().size());
    return sent;
  }

  private void attempts(EndpointOut endpoint, MessageOut sent) throws Exception {
    until(() -> svix.getMessageAttempt().listByMsg(APP, sent.getId()).getData().size() == 1);
    MessageAttemptOut attempt =
        svix.getMessageAttempt().listByMsg(APP, sent.getId()).getData().get(0);
    same("seen", svix.getMessageAttempt().get(APP, sent.getId(), attempt.getId()).getResponse());
    // Its resend() fails before anything is sent: its HTTP client wants a body in every POST.
    MessageAttemptListByEndpointOptions good = new MessageAttemptListByEndpointOptions();
    good.setStatus(MessageStatus.SUCCESS);
    same(1, byEndpoint(endpoint, good).size());
    same(MessageAttemptTriggerType.SCHEDULED, byEndpoint(endpoint, good).get(0).getTriggerType());
    var messages = svix.getMessageAttempt().listAttemptedMessages(APP, endpoint.getId());
    same(sent.getId(), messages.getData().get(0).getId());
    var destinations = svix.getMessageAttempt().listAttemptedDestinations(APP, sent.getId());
    same(endpoint.getId(), destinations.getData().get(0).getId());
    EndpointGetStatsOptions lately = new EndpointGetStatsOptions();
    lately.setSince(OffsetDateTime.now().minusMinutes(1));
    same(1L, svix.getEndpoint().getStats(APP, endpoint.getId(), lately).getSuccess());
  }

  private List<MessageAttemptOut> byEndpoint(
      EndpointOut endpoint, MessageAttemptListByEndpointOptions options) throws Exception {
    return svix.getMessageAttempt().listByEndpoint(APP, endpoint.getId(), options).getData();
  }

  private void others(EndpointOut endpoint) throws Exception {
    int before = received.size();
    EventExampleIn example = new EventExampleIn().eventType("a.b");
    var unused = svix.getEndpoint().sendExample(APP, endpoint.getId(), example);
    until(() -> received.size() > before);
    RecoverIn lately = new RecoverIn().since(OffsetDateTime.now().minusMinutes(1));
    var job = svix.getEndpoint().recover(APP, endpoint.getId(), lately);
    svix.getEndpoint().delete(APP, endpoint.getId());
    refused(404, () -> svix.getEndpoint().get(APP, endpoint.getId()));
    svix.getApplication().delete(APP);
    refused(404, () -> svix.getApplication().get(APP));
  }

  private static void same(Object wanted, Object got) {
    if (!wanted.equals(got)) {
      throw new AssertionError("wanted " + wanted + ", got " + got);
    }
  }

  private static void refused(int status, Callable<?> call) throws Exception {
    try {
      throw new AssertionError("wanted " + status + ", got " + call.call());
    } catch (ApiException e) {
      same(status, e.getCode());
    }
  }

  private static void until(Callable<Boolean> condition) throws Exception {
    for (int i = 0; i < 200 && !condition.call(); i++) {
      Thread.sleep(50);
    }
    same(true, condition.call());
  }
}
