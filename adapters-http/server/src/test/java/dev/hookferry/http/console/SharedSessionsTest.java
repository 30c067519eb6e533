package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.Keys;
import dev.hookferry.access.ApiKey;
import dev.hookferry.access.Scope;
import dev.hookferry.contract.support.ForwardingStore;
import dev.hookferry.http.console.Person.Shown;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.query.PageRequest;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.session.SessionStore;
import dev.hookferry.testing.ManualClock;
import dev.hookferry.testing.ScriptedTransport;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two nodes share a store, and a proxy sends each request of a browser to either. */
class SharedSessionsTest {
  private static final String SITE = "/sites/default";
  private static final Pattern DRAFT = Pattern.compile("name=\"draft\" value=\"([^\"]+)\"");
  private static final Pattern KEY = Pattern.compile("hf_[A-Za-z0-9]{22}_[A-Za-z0-9]{6}");

  private final ManualClock clock = ManualClock.atNoon();
  private final MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
  private final SecretCipher cipher = Secrets.sealedBy(MasterKeySource.inMemory(new Random(1)));
  private final List<String> calls = new ArrayList<>();
  private boolean broken;
  private final Hookferry first = node();
  private final Hookferry second = node();
  private final Console one = console(first);
  private final Console other = console(second);

  private Hookferry node() {
    return Hookferry.builder(new Counted(), new ScriptedTransport())
        .secrets(cipher)
        .clock(clock)
        .build()
        .start();
  }

  private Console console(Hookferry node) {
    return new Console(
        node,
        new ConsoleOptions(clock, new SecureRandom(), new Activity(), false, ServerInfo.NONE));
  }

  /** Notes what is asked of the sessions, and breaks off when told to. */
  private final class Counted extends ForwardingStore {
    Counted() {
      super(store);
    }

    @Override
    public Optional<SessionStore> sessions() {
      SessionStore real = store.sessions().orElseThrow();
      return Optional.of(
          (SessionStore)
              Proxy.newProxyInstance(
                  SessionStore.class.getClassLoader(),
                  new Class<?>[] {SessionStore.class},
                  (proxy, method, arguments) -> {
                    if (broken) {
                      throw new StoreException("the store is away");
                    }
                    calls.add(method.getName());
                    try {
                      return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                      throw e.getCause();
                    }
                  }));
    }
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private Person signedIn() {
    String key = first.webhooks().keys().create("test", Set.of(Scope.ADMIN), null).text();
    Person person = new Person(one);
    assertThat(person.signIn(key).status()).isEqualTo(303);
    return person;
  }

  /** The same browser, at another node. */
  private static Person at(Console console, Person person) {
    Person moved = new Person(console);
    moved.headers.putAll(person.headers);
    moved.csrf = person.csrf;
    return moved;
  }

  @Test
  void everyNodeAcceptsASession() {
    Person person = signedIn();
    assertThat(person.get(SITE).status()).isEqualTo(200);
    assertThat(at(other, person).get(SITE).status()).isEqualTo(200);
  }

  @Test
  void aSessionOutlivesItsNode() {
    Person person = signedIn();
    first.close();
    try (Hookferry restarted = node()) {
      assertThat(at(console(restarted), person).get(SITE).status()).isEqualTo(200);
    }
  }

  @Test
  void whoSignsOutIsSignedOutEverywhere() {
    Person person = signedIn();
    var unused = person.get(SITE);
    Person there = at(other, person);
    assertThat(there.get(SITE).status()).isEqualTo(200);
    unused = there.send("POST", "/logout", "csrf=" + there.csrf);
    assertThat(person.get(SITE).status()).isEqualTo(303);
  }

  @Test
  void aRevokedKeyEndsItsSessionsEverywhere() {
    Person person = signedIn();
    second.webhooks().refresh().join();
    Keys keys = second.webhooks().keys();
    List<ApiKey> before = keys.list(PageRequest.FIRST).data();
    keys.create("another", Set.of(Scope.ADMIN), null);
    before.forEach(key -> keys.remove(key.id()));
    assertThat(person.get(SITE).status()).isEqualTo(303);
    assertThat(calls).contains("remove");
  }

  @Test
  void aReviewIsConfirmedThroughAnotherNodeOnce() {
    Person person = signedIn();
    var unused = person.get(SITE + "/server-properties");
    String change =
        "webHooksEnabled=on&webHookMaxRetries=5&webHookRetryInterval=300&webHookSecretKey=s3cr3t"
            + "&add.license_created="
            + FormValues.encoded("https://crm.example/hook");
    Shown review = person.send("POST", SITE + "/server-properties", csrf(person) + change);
    Matcher draft = DRAFT.matcher(review.body());
    assertThat(draft.find()).isTrue();
    String saving = csrf(person) + "draft=" + draft.group(1);

    Shown saved = at(other, person).send("POST", SITE + "/server-properties/save", saving);

    assertThat(saved.status()).isEqualTo(303);
    person.headers.put("cookie", person.headers.get("cookie") + "; " + cookie(saved));
    assertThat(person.get(SITE + "/server-properties").body())
        .contains("The server properties were saved.", "https://crm.example/hook");
    assertThat(person.get(SITE + "/server-properties").body())
        .as("shown once")
        .doesNotContain("were saved");
    assertThat(person.post(SITE + "/server-properties/save", "draft=" + draft.group(1)).body())
        .contains("This review has expired");
  }

  @Test
  void newSecretIsShownOnceByAnyNode() {
    Person person = signedIn();
    var unused = person.get("/keys");
    Shown created = person.send("POST", "/keys", csrf(person) + "name=ci&scope=publish");
    assertThat(created.status()).isEqualTo(303);
    Person there = at(other, person);
    assertThat(there.get("/keys").body()).containsPattern(KEY);
    assertThat(there.get("/keys").body()).doesNotContainPattern(KEY);
    assertThat(at(one, person).get("/keys").body()).as("taken").doesNotContainPattern(KEY);
  }

  @Test
  void aPageWritesNothing() {
    Person person = signedIn();
    var unused = person.get(SITE);
    calls.clear();
    for (String page : List.of(SITE, "/keys", SITE + "/deliveries")) {
      assertThat(person.get(page).status()).isEqualTo(200);
    }
    assertThat(calls).containsExactly("find", "find", "find");
    clock.advance(Duration.ofMinutes(1));
    unused = person.get(SITE);
    assertThat(calls).endsWith("find", "extend");
  }

  @Test
  void whoIsSignedInStaysSoWhileTheStoreIsAway() {
    Person person = signedIn();
    assertThat(person.get(SITE).status()).isEqualTo(200);
    broken = true;
    assertThat(person.get(SITE).status()).isEqualTo(200);
    assertThat(at(other, person).get(SITE).status()).as("not seen there").isEqualTo(303);
    clock.advance(Duration.ofMinutes(61));
    assertThat(person.get(SITE).status()).isEqualTo(303);
  }

  private static String csrf(Person person) {
    return "csrf=" + person.csrf + "&";
  }

  private static String cookie(Shown shown) {
    return shown.header("Set-Cookie").replaceFirst(";.*", "");
  }
}
