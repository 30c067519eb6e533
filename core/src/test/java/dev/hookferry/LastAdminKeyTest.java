package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.access.Scope;
import dev.hookferry.refusal.ConflictException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LastAdminKeyTest {
  private final Embedded embedded = new Embedded();
  private final Webhooks webhooks = embedded.webhooks;

  @AfterEach
  void close() {
    embedded.close();
  }

  @Test
  void theLastAdminKeyStays() {
    var admin = webhooks.keys().create("admin", Set.of(Scope.ADMIN), null).key();
    var reader = webhooks.keys().create("reader", Set.of(Scope.READ), null).key();
    webhooks.keys().remove(reader.id());

    assertThatThrownBy(() -> webhooks.keys().remove(admin.id()))
        .isInstanceOf(ConflictException.class)
        .hasMessage("this is the last admin key; add another first");

    webhooks.keys().configureAdmin("an-admin-key-of-at-least-32-characters");
    webhooks.keys().remove(admin.id());
    assertThat(webhooks.keys().find(admin.id())).isEmpty();
  }
}
