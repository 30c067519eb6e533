package dev.hookferry.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.Hookferry;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.NONE,
    properties = "hookferry.event-types=order_created")
@AutoConfigureSimulatedHookferry
class SimulatedInWholeApplicationTest {
  @TestConfiguration
  static class MailServer {
    @Bean
    URI server() {
      return URI.create("smtp://mail.example");
    }
  }

  @Autowired private Shop shop;
  @Autowired private MailSender mail;
  @Autowired private SimulatedHookferry hooks;
  @Autowired private Hookferry hookferry;

  @Test
  void theApplicationPublishesToTheSimulation() {
    SimulatedReceiver crm = hooks.receiver("https://crm.example/hook").subscribe("order_*");

    shop.order("tea");

    crm.hasReceived(1);
    assertThat(hookferry).isSameAs(hooks.hookferry());
    assertThat(mail).isNotNull();
  }
}
