package dev.hookferry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.site.SettingsByName;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mask that is shown instead of a secret header is never sent in its place. */
final class HeaderMaskTest {
  private final Embedded embedded = new Embedded();
  private final Endpoints endpoints = embedded.webhooks.endpoints();
  private final Endpoint made =
      endpoints
          .create(
              Embedded.SITE, spec().headers(Map.of("X-Api-Key", "k")).secretHeaders("X-Api-Key"))
          .endpoint();

  private static EndpointSpec spec() {
    return EndpointSpec.to("https://a.example/").types("*");
  }

  @AfterEach
  void close() {
    embedded.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x-api-key", "X-Other"})
  void refusesTheMaskUnderAnotherName(String name) {
    EndpointSpec masked = EndpointSpec.change().headers(Map.of(name, SettingsByName.MASK));
    assertThatThrownBy(() -> endpoints.change(Embedded.SITE, made.id(), masked))
        .hasMessageContaining("headers." + name + ": must be the value itself");
    assertThat(endpoints.get(Embedded.SITE, made.id())).isEqualTo(made);
  }

  @Test
  void refusesTheMaskForANewEndpoint() {
    EndpointSpec clone = spec().headers(endpoints.headers(made));
    assertThatThrownBy(() -> endpoints.create(Embedded.SITE, clone))
        .hasMessageContaining("headers.X-Api-Key: must be the value itself");
  }

  @Test
  void keepsTheSecretMarkDespiteDifferentHeaderCase() {
    EndpointSpec other = EndpointSpec.change().headers(Map.of("x-api-key", "k2"));
    Endpoint changed = endpoints.change(Embedded.SITE, made.id(), other).endpoint();
    assertThat(endpoints.headers(changed)).containsExactly(Map.entry("x-api-key", "********"));
  }
}
