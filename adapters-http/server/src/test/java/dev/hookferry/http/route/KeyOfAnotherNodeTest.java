package dev.hookferry.http.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.http.Served;
import dev.hookferry.http.options.Rates;
import dev.hookferry.store.Store;
import java.net.http.HttpRequest;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A key that another node has just made is valid at once, even where many others failed. */
class KeyOfAnotherNodeTest {
  private static final String SITES = "/api/v1/sites";

  private final AtomicReference<Store> store = new AtomicReference<>();
  private final Served one =
      new Served(
          options -> options,
          made -> {
            store.set(made);
            return made;
          });
  private final Served other =
      new Served(
          options -> options.withRates(Rates.DEFAULT.withFailedLogins(1)), made -> store.get());

  @AfterEach
  void close() {
    other.close();
    one.close();
  }

  private int status(String key) {
    HttpRequest request =
        other.request(SITES).GET().setHeader("Authorization", "Bearer " + key).build();
    return other.exchange(request).status();
  }

  @Test
  void aValidKeyIsNotLockedOut() {
    assertThat(status("wrong")).isEqualTo(401);
    assertThat(status("wrong")).isEqualTo(429);
    String removed = one.key(null, Scope.ADMIN);
    one.webhooks.keys().remove(one.webhooks.keys().authenticate(removed).orElseThrow().id());
    assertThat(status(removed)).isEqualTo(429);
    assertThat(status(one.key(null, Scope.ADMIN))).isEqualTo(200);
  }
}
