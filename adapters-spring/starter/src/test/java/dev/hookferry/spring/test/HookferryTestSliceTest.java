package dev.hookferry.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.id.EventId;
import dev.hookferry.id.SiteId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.IllegalTransactionStateException;

@HookferryTest(properties = "hookferry.event-types=order_created")
@Import(Shop.class)
class HookferryTestSliceTest {
  private static final String CRM = "https://crm.example/hook";

  @Autowired private Shop shop;
  @Autowired private SimulatedHookferry hooks;
  @Autowired private Hookferry hookferry;
  @Autowired private Webhooks webhooks;
  @Autowired private ObjectProvider<MailSender> mail;

  @Test
  void aCommittedEventIsDeliveredBeforeTheCallReturns() {
    SimulatedReceiver crm = hooks.receiver(CRM).subscribe("order_*").responds(503, 200);

    EventId id = shop.order("tea");
    crm.hasReceived(1);
    hooks.advanceUntilDone(Duration.ofDays(3));

    crm.hasReceived(2);
    assertThat(crm.requests().get(1).eventId()).isEqualTo(id);
    assertThat(crm.requests().get(1).isVerified()).isTrue();
    assertThat(crm.requests().get(1).body().text()).contains("{\"item\":\"tea\"}");
  }

  @Test
  void aRolledBackEventIsNot() {
    SimulatedReceiver crm = hooks.receiver(CRM).subscribe("order_*");

    assertThatThrownBy(() -> shop.order("unicorn")).hasMessage("sold out");

    crm.hasReceived(0);
  }

  @Test
  void aMissingTransactionIsFound() {
    assertThatThrownBy(() -> shop.orderWithoutTransaction("tea"))
        .isInstanceOf(IllegalTransactionStateException.class);
  }

  @Test
  void aTypeThatNobodyDeclaredIsFound() {
    assertThatThrownBy(() -> shop.mistype("tea"))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("type");
  }

  @Test
  void theRestOfTheApplicationIsLeftOut() {
    assertThat(mail.getIfAvailable()).isNull();
    assertThat(hookferry).isSameAs(hooks.hookferry());
    assertThat(webhooks.endpoints().all(SiteId.DEFAULT)).isEmpty();
  }
}
