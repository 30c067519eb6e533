package dev.hookferry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.endpoint.EndpointStatus;
import dev.hookferry.engine.simulation.World;
import dev.hookferry.store.config.ConfigChange;
import dev.hookferry.testing.ScriptedTransport;
import org.junit.jupiter.api.Test;

/** Reports of a receiver that responds with 410, which disables its endpoint. */
class GoneReceiverTest {
  private static final String URL = "https://a.example/";

  private final World world = new World();

  @Test
  void endpointIsReportedGoneOnceTheResponseIsRecorded() {
    world.endpoint(URL, "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.commitsWait = true;

    world.end(world.sent.get(0), ScriptedTransport.status(410));
    assertThat(world.listener.healthEvents()).isEmpty();
    world.letCommitsGo();

    assertThat(world.listener.healthEvents()).hasSize(1);
  }

  @Test
  void endpointChangedMeanwhileIsNotReportedGone() {
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.commitsWait = true;
    world.end(world.sent.get(0), ScriptedTransport.status(410));

    world.configure(
        new ConfigChange.PutEndpoint(endpoint.with(EndpointStatus.resumed(world.now(), null))));
    world.letCommitsGo();

    assertThat(world.listener.healthEvents()).isEmpty();
  }

  @Test
  void alreadyDisabledEndpointIsNotReportedGoneAgain() {
    Endpoint endpoint = world.endpoint(URL, "*");
    world.receiver = sending -> null;
    world.publish("license_created");
    world.publish("license_created");
    world.end(world.sent.get(0), ScriptedTransport.status(410));
    assertThat(world.listener.healthEvents()).hasSize(1);

    world.configure(
        new ConfigChange.PutEndpoint(endpoint.with(EndpointStatus.disabled("gone", world.now()))));
    world.end(world.sent.get(1), ScriptedTransport.status(410));

    assertThat(world.listener.healthEvents()).hasSize(1);
  }
}
