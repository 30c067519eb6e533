package dev.hookferry.app.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.ApiClient;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.demo.DemoReceivers.ReceiverRole;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.id.EventType;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Generates traffic while the demo keeps running, so that every console page shows data. */
final class DemoTraffic implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(DemoTraffic.class.getName());
  private static final int SECONDS = 2;
  private static final int ROUNDS = 3;
  private static final int RETRIES = 5;
  private static final int INTERVAL_SECONDS = 300;

  private final ApiClient client;
  private final DemoReceivers scene;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(DemoTraffic::daemon);
  private int next;

  DemoTraffic(ApiClient client, DemoReceivers scene) {
    this.client = client;
    this.scene = scene;
  }

  /**
   * Sets up long retry intervals, a paused endpoint, an event without endpoint and a second site.
   */
  void fill() {
    ObjectNode settings = JsonNodeFactory.instance.objectNode();
    settings.put("webHookMaxRetries", RETRIES).put("webHookRetryInterval", INTERVAL_SECONDS);
    var unused = client.patch(Path.ofSite("default", "settings"), settings);
    endpoint("default", scene.url("/mail"), "customer_created", false);
    unused =
        client.post(Path.of("sites"), JsonNodeFactory.instance.objectNode().put("id", "partner"));
    endpoint("partner", scene.url(ReceiverRole.CRM), "license_*", true);
    publish("partner", "license_created");
    publish("partner", "customer_created");
    for (int i = 0; i < ROUNDS; i++) {
      EventCatalog.QLM_EVENTS.forEach(type -> publish("default", type.name()));
    }
  }

  /** Starts publishing until this is closed. */
  void start() {
    var unused =
        thread.scheduleWithFixedDelay(this::publishNext, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void publishNext() {
    List<EventType> types = EventCatalog.QLM_EVENTS;
    try {
      publish("default", types.get(next++ % types.size()).name());
    } catch (ApiException e) {
      LOG.log(System.Logger.Level.DEBUG, "a demo event was rejected", e);
    }
  }

  private void endpoint(String site, String url, String type, boolean enabled) {
    ObjectNode endpoint = JsonNodeFactory.instance.objectNode();
    endpoint.put("url", url).put("enabled", enabled).putArray("eventTypes").add(type);
    var unused = client.post(Path.ofSite(site, "endpoints"), endpoint);
  }

  private void publish(String site, String type) {
    var unused = client.post(Path.ofSite(site, "events"), DemoEvents.of(type));
  }

  private static Thread daemon(Runnable action) {
    Thread thread = new Thread(action, "hookferry-demo");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
