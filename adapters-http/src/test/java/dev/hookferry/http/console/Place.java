package dev.hookferry.http.console;

import dev.hookferry.DeliveryFilter;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.CountedStore;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointChange;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.NewEvent;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.port.SecretCipher;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A console over a store in memory, and people who use it; ends with the test that has it. */
final class Place implements AfterEachCallback, AutoCloseable {
  final ManualClock clock = ManualClock.atNoon();
  final ScriptedTransport transport = new ScriptedTransport();
  final Activity activity = new Activity();
  final CountedStore counted = new CountedStore();
  final Hookferry hookferry;
  final Console console;

  Place() {
    this(SecretCipher.none());
  }

  /** One that seals its secrets. */
  Place(SecretCipher cipher) {
    hookferry =
        Hookferry.builder(counted.around(new MemoryStore(clock, Duration.ofHours(1))), transport)
            .clock(clock)
            .listener(activity)
            .cipher(cipher)
            .build()
            .start();
    console =
        new Console(
            hookferry,
            new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerFacts.NONE));
  }

  /** Somebody who is signed in. */
  Person person(@Nullable SiteId site, Scope... scopes) {
    Person person = new Person(console);
    person.signIn(key(site, scopes));
    var unused = person.get("/sites/default/server-properties");
    return person;
  }

  Person admin() {
    return person(null, Scope.ADMIN);
  }

  String key(@Nullable SiteId site, Scope... scopes) {
    return hookferry.webhooks().keys().create("test", Set.of(scopes), site).text();
  }

  Endpoint endpoint(String url, String... types) {
    return hookferry
        .webhooks()
        .endpoints()
        .create(SiteId.DEFAULT, EndpointChange.of(url, types))
        .endpoint();
  }

  void publish(String type, String data) {
    NewEvent event = NewEvent.of(type, data);
    var unused = hookferry.webhooks().publish(SiteId.DEFAULT, event).join();
  }

  /** All deliveries of the default site, newest first. */
  List<Delivery> deliveries() {
    return hookferry.webhooks().deliveries().list(SiteId.DEFAULT, DeliveryFilter.ALL).data();
  }

  /** Pauses the endpoint of a delivery. */
  void pause(Delivery delivery) {
    pause(delivery.endpoint());
  }

  void pause(EndpointId endpoint) {
    var unused =
        webhooks().endpoints().change(SiteId.DEFAULT, endpoint, EndpointChange.enabled(false));
  }

  Webhooks webhooks() {
    return hookferry.webhooks();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    close();
  }

  @Override
  public void close() {
    hookferry.close();
  }
}
