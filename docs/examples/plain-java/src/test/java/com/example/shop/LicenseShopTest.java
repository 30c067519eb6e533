package com.example.shop;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hookferry.event.Receipt;
import dev.hookferry.testing.SimulatedHookferry;
import dev.hookferry.testing.SimulatedReceiver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests the shop in virtual time, against customers whose systems fail. */
class LicenseShopTest {
  private static final String CRM = "https://crm.example/hooks";

  @Test
  void aCustomerWhoseSystemIsDownGetsTheLicenseLater() {
    try (SimulatedHookferry hooks = SimulatedHookferry.start()) {
      SimulatedReceiver crm = hooks.receiver(CRM).responds(503).timesOut().responds(200);
      LicenseShop shop = new LicenseShop(hooks.webhooks());
      shop.register("crm", CRM);
      shop.register("crm", CRM);

      Receipt receipt = shop.sell("HF4T0-D0500");
      hooks.advanceUntilDone(Duration.ofDays(1));

      hooks.check(receipt).isDelivered().hasAttempts(3);
      assertTrue(crm.requests().get(2).body().text().contains("HF4T0-D0500"));
    }
  }
}
