package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.spring.test.HookferryTest;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;

// tag::test
@HookferryTest
@Import(OrderService.class)
class OrderServiceTest {
  @Autowired OrderService orders;
  @Autowired SimulatedHookferry hooks;

  @Test
  void anOrderIsAnnouncedUntilTheReceiverTakesIt() {
    SimulatedReceiver crm =
        hooks.receiver("https://crm.example/hook").subscribe("order_*").responds(503, 503, 200);

    orders.place("customer-7", "tea");
    hooks.advanceUntilDone(Duration.ofDays(3));

    crm.hasReceived(3);
    assertThat(crm.requests().get(2).body().text()).contains("\"item\":\"tea\"");
  }

  @Test
  void rolledBackOrderIsNotSent() {
    SimulatedReceiver crm = hooks.receiver("https://crm.example/hook").subscribe("order_*");

    assertThatThrownBy(() -> orders.place("customer-7", " ")).hasMessage("item must not be blank");

    crm.hasReceived(0);
  }
}
// end::test
