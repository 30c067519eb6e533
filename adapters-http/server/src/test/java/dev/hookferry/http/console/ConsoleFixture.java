package dev.hookferry.http.console;

import dev.hookferry.Hookferry;
import dev.hookferry.HookferryBuilder;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.LogQueryRecorder;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.jsonschema.JsonSchemaCompiler;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.Store;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A console over a memory store, with users; closed after each test. */
public final class ConsoleFixture implements AfterEachCallback, AutoCloseable {
  public final ManualClock clock = ManualClock.atNoon();
  public final ScriptedTransport transport = new ScriptedTransport();
  public final Activity activity = new Activity();
  final LogQueryRecorder counted = new LogQueryRecorder();
  public final Hookferry hookferry;
  public final Console console;

  public ConsoleFixture() {
    this(Secrets.inTheClear());
  }

  /** A console whose store seals secrets. */
  ConsoleFixture(SecretCipher cipher) {
    this(true, store -> store, settings -> settings.secrets(cipher));
  }

  /** One with a wrapped store. */
  ConsoleFixture(UnaryOperator<Store> dressing) {
    this(true, dressing, settings -> settings.secrets(Secrets.inTheClear()));
  }

  /** One whose node accepts and shows events and sends nothing. */
  static ConsoleFixture sendingNothing() {
    return new ConsoleFixture(
        true, store -> store, settings -> settings.secrets(Secrets.inTheClear()).noDelivery(true));
  }

  /** One whose store can be backed up, since nothing counts its queries. */
  static ConsoleFixture uncounted() {
    return new ConsoleFixture(
        false, store -> store, settings -> settings.secrets(Secrets.inTheClear()));
  }

  private ConsoleFixture(
      boolean isCounted, UnaryOperator<Store> dressing, UnaryOperator<HookferryBuilder> settings) {
    Store store = dressing.apply(new MemoryStore(clock, Duration.ofHours(1)));
    hookferry =
        settings
            .apply(Hookferry.builder(isCounted ? counted.around(store) : store, transport))
            .clock(clock)
            .listener(activity)
            .schemas(new JsonSchemaCompiler())
            .build()
            .start();
    console =
        new Console(
            hookferry,
            new ConsoleOptions(clock, new SecureRandom(), activity, false, ServerInfo.NONE));
  }

  /** Somebody who is signed in. */
  public Person person(@Nullable SiteId site, Scope... scopes) {
    Person person = new Person(console);
    person.signIn(key(site, scopes));
    var unused = person.get("/sites/default/server-properties");
    return person;
  }

  public Person admin() {
    return person(null, Scope.ADMIN);
  }

  public String key(@Nullable SiteId site, Scope... scopes) {
    return hookferry.webhooks().keys().create("test", Set.of(scopes), site).text();
  }

  public Endpoint endpoint(String url, String... types) {
    return hookferry
        .webhooks()
        .endpoints()
        .create(SiteId.DEFAULT, EndpointSpec.to(url).types(types))
        .endpoint();
  }

  public void publish(String type, String data) {
    NewEvent event = NewEvent.of(type, data);
    var unused = hookferry.webhooks().publish(SiteId.DEFAULT, event).join();
  }

  /** All deliveries of the default site, newest first. */
  public List<Delivery> deliveries() {
    return hookferry.webhooks().deliveries().list(DeliveryQuery.ofSite(SiteId.DEFAULT)).data();
  }

  /** Pauses the endpoint of a delivery. */
  public void pause(Delivery delivery) {
    pause(delivery.endpoint());
  }

  public void pause(EndpointId endpoint) {
    var unused =
        webhooks()
            .endpoints()
            .change(SiteId.DEFAULT, endpoint, EndpointSpec.change().enabled(false));
  }

  public Webhooks webhooks() {
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
