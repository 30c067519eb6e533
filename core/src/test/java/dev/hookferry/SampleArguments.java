package dev.hookferry;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.Actor;
import dev.hookferry.auth.AssertionKey;
import dev.hookferry.auth.AuthSpec;
import dev.hookferry.auth.ClientCertificate;
import dev.hookferry.auth.EndpointTls;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.event.Event;
import dev.hookferry.event.NewEvent;
import dev.hookferry.event.Payload;
import dev.hookferry.event.TraceContext;
import dev.hookferry.field.FieldValues;
import dev.hookferry.filter.Filter;
import dev.hookferry.filter.FilterSet;
import dev.hookferry.id.SiteId;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.portal.NewPortalLink;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalAccess;
import dev.hookferry.portal.PortalLink;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.replay.ReplayWindow;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.secret.Sealed;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signing.Ed25519Key;
import dev.hookferry.signing.Ed25519PublicKey;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.testing.ScriptedTransport;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds a value of any type of the API: one that it has, a constant, or one that it makes with a
 * public constructor or factory.
 */
final class SampleArguments implements AutoCloseable {
  private final Embedded embedded = new Embedded();
  private final SimulatedHookferry hooks = SimulatedHookferry.start();
  private final Map<Class<?>, Object> samples = new HashMap<>();
  private final Set<Class<?>> sought = new HashSet<>();

  SampleArguments() {
    samples.putAll(
        Map.of(
            Object.class,
            "sample",
            String.class,
            "sample",
            Class.class,
            String.class,
            int.class,
            1,
            long.class,
            1L,
            boolean.class,
            true));
    addAll(new Random(1), Instant.EPOCH, Duration.ofSeconds(1), new RuntimeException("sample"));
    addAll(1, 1L, true, List.of(), Set.of(), Map.of(), new byte[0]);
    addAll(
        embedded.hookferry,
        Hookferry.builder(embedded.store, embedded.transport).secrets(Secrets.inTheClear()));
    addFacades(embedded.webhooks);
    addValues(embedded.webhooks);
    addPortal();
    SimulatedReceiver receiver = hooks.receiver("https://crm.example/").subscribe("*");
    addAll(hooks, receiver, hooks.check(hooks.publish(NewEvent.of("license_created", "{}"))));
    addAll(receiver.requests().get(0));
  }

  private void addPortal() {
    var unused =
        embedded
            .webhooks
            .settings()
            .changeByName(SiteId.DEFAULT, Map.of("portal", Map.of("enabled", true)));
    Portal portal = Portal.of(embedded.hookferry, embedded.clock);
    PortalLink link = portal.link(SiteId.DEFAULT, NewPortalLink.of("sample"), Actor.PROGRAM);
    Portal.StartedSession opened = portal.exchange(link.code()).orElseThrow();
    PortalAccess access = portal.access(opened.session(), "");
    addAll(portal, link, opened, opened.session(), access);
    addAll(access.missedEvents(access.endpoints().get(0).id()), access.events());
    addAll(
        embedded.hookferry.pages(),
        embedded.hookferry.pages().sessions(),
        NewPortalLink.of("sample"));
  }

  private void addFacades(Webhooks webhooks) {
    addAll(webhooks, webhooks.events(), webhooks.endpoints(), webhooks.settings());
    addAll(webhooks.deliveries(), webhooks.replays(), webhooks.sites());
    addAll(webhooks.keys(), webhooks.masterKeys(), webhooks.audit(), webhooks.outboxes());
    addAll(webhooks.filters(), webhooks.eventTypes(), webhooks.blockedKeys());
    addAll(webhooks.provisioning(), webhooks.problems());
    DeliveryQuery query = DeliveryQuery.ofSite(SiteId.DEFAULT);
    addAll(UndeliveredCounts.of(query, Set.of(), webhooks.deliveries()::list));
    addAll(webhooks.backups(), webhooks.backups().begin(TransferHistory.ALL));
  }

  private void addValues(Webhooks webhooks) {
    Endpoints.Registered registered =
        webhooks
            .endpoints()
            .create(SiteId.DEFAULT, EndpointSpec.to("https://crm.example/").types("*"));
    addAll(registered, registered.endpoint(), registered.endpoint().id());
    addAll(registered.endpoint().signing(), webhooks.sites().get(SiteId.DEFAULT));
    addAll(webhooks.keys().create("sample", Set.of(Scope.PUBLISH), null).key());
    Samples made = new Samples(1);
    Event event = made.event();
    Delivery delivery = made.delivery(event, registered.endpoint().id());
    Attempt attempt = made.attempt(delivery, ScriptedTransport.status(200));
    addAll(event, event.id(), event.type(), delivery, delivery.id(), attempt, attempt.outcome());
    addAll(attempt.outcome().response(), TargetUrl.parse("https://crm.example/"));
    addAll(Network.parse("10.0.0.0/8"), JsonMembers.parse("{}"));
    addAll(ReplayWindow.since(Instant.EPOCH).until(Instant.EPOCH.plusSeconds(1)));
    addAll(EndpointSpec.change(), NewEvent.of("license_created", "{}"), RetrySettings.DEFAULT);
    addAll(EndpointFields.URL, FieldValues.NONE, registered.endpoint().settings());
    addAll(registered.endpoint().settings().toBuilder());
    Ed25519Key key = Ed25519Key.generate(new Random(1));
    addAll(key, new Ed25519PublicKey(key.publicKey()));
    addAll(AuthSpec.oauth2("sample", "sample", "sample"));
    addAll(EndpointTls.DEFAULT.identity(null));
    addAll(new ClientCertificate(Certificate.GOOD.pem(), new Sealed("sample")));
    addAll(AssertionKey.parse("{\"kty\":\"EC\",\"crv\":\"P-256\",\"d\":\"AQ\"}"));
    addAll(webhooks.sites().rotateSigningKey(SiteId.DEFAULT));
    addAll(new TraceContext("0".repeat(31) + "1", "0".repeat(15) + "1", true), AttemptTracing.OFF);
    addAll(Filter.parse("{}"), FilterSet.of(List.of()).evaluate(Payload.of("{}")));
  }

  private void addAll(Object... values) {
    for (Object value : values) {
      samples.put(value.getClass(), value);
    }
  }

  /** Returns a value for every parameter. */
  Object[] ofAll(Executable entry) throws ReflectiveOperationException {
    Object[] arguments = new Object[entry.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = of(entry.getParameterTypes()[i]);
    }
    return arguments;
  }

  /** Returns a value of a type. */
  Object of(Class<?> type) throws ReflectiveOperationException {
    Object known = samples.get(type);
    if (known == null) {
      known = samples.values().stream().filter(type::isInstance).findFirst().orElse(null);
    }
    if (known == null) {
      known = make(type);
      samples.put(type, known);
    }
    return known;
  }

  private Object make(Class<?> type) throws ReflectiveOperationException {
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type.isArray()) {
      return Array.newInstance(type.getComponentType(), 0);
    }
    if (type.isInterface() && !type.isSealed()) {
      return proxy(type);
    }
    for (Field field : type.getFields()) {
      if (field.getType() == type) {
        return field.get(null);
      }
    }
    if (!sought.add(type)) {
      throw new ReflectiveOperationException(type + " needs itself");
    }
    ReflectiveOperationException failure = new ReflectiveOperationException("no sample of " + type);
    for (Executable maker : makers(type)) {
      try {
        Object[] arguments = ofAll(maker);
        return maker instanceof Method method
            ? method.invoke(null, arguments)
            : ((Constructor<?>) maker).newInstance(arguments);
      } catch (ReflectiveOperationException e) {
        failure.addSuppressed(e);
      } finally {
        sought.remove(type);
      }
    }
    throw failure;
  }

  private static Object proxy(Class<?> type) {
    return Proxy.newProxyInstance(
        type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
  }

  private static List<Executable> makers(Class<?> type) {
    List<Executable> all = new ArrayList<>();
    if (type.isSealed()) {
      Stream.of(type.getPermittedSubclasses()).forEach(each -> all.addAll(makers(each)));
    }
    if (!Modifier.isAbstract(type.getModifiers())) {
      all.addAll(List.of(type.getConstructors()));
    }
    Stream.of(type.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> type.isAssignableFrom(method.getReturnType()))
        .sorted(Comparator.comparing(Method::toString))
        .forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    embedded.close();
    hooks.close();
  }
}
