package dev.hookferry.http.console.portal.deliveries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortNameTest {
  @ParameterizedTest
  @CsvSource({
    "Billing, Billing",
    "https://mine.example/hook, mine.example/hook",
    "http://127.0.0.1:18302/analytics?src=acme, 127.0.0.1:18302/analytics?src=acme",
    "https://hooks.example.com/tenants/4711/environments/live/billing, "
        + "hooks.example.com/…/billing",
    "https://hooks.example.com/tenants/4711/environments/live/shipping/, "
        + "hooks.example.com/…/shipping/",
    "https://hooks.example.com/abcdefghijklmnopqrstuvwxyz1, hooks.exampl…/abcdefghijklmnopqrstuvwxyz1",
    "https://hooks.a-rather-long-subdomain.of-a-customer.example/, "
        + "hooks.a-rather-long-subdomain.of-a-cust…/",
    "https://hooks.a-rather-long-subdomain.example/0123456789-abcdefghijklmnopqrstuvwxyz, "
        + "hooks.a-rath…9-abcdefghijklmnopqrstuvwxyz",
    "'see https://x.example/', 'see https://x.example/'",
  })
  void theHostAndTheEndOfThePathStay(String name, String shown) {
    assertThat(ShortName.of(name)).isEqualTo(shown).hasSizeLessThanOrEqualTo(52);
  }
}
