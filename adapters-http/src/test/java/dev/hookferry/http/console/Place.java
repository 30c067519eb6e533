package dev.hookferry.http.console;

import dev.hookferry.Hookferry;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.CountedStore;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointChange;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.event.NewEvent;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A console over a store in memory, and people who use it. */
final class Place implements AutoCloseable {
  final ManualClock clock = ManualClock.atNoon();
  final ScriptedTransport transport = new ScriptedTransport();
  final Activity activity = new Activity();
  final CountedStore counted = new CountedStore();
  final Hookferry hookferry =
      Hookferry.builder(counted.around(new MemoryStore(clock, Duration.ofHours(1))), transport)
          .clock(clock)
          .listener(activity)
          .build()
          .start();
  final Console console =
      new Console(
          hookferry,
          new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerFacts.NONE));

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

  @Override
  public void close() {
    hookferry.close();
  }
}
