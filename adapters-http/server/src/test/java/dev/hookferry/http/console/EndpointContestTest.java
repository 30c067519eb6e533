package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.audit.Actor;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.audit.FieldChange;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.ContestedStore;
import dev.hookferry.id.AuditId;
import dev.hookferry.id.SiteId;
import dev.hookferry.store.config.ConfigChange;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two people who save an endpoint at once each see what they have changed themselves. */
class EndpointContestTest {
  private static final String CRM = "https://crm.example/hook";
  private static final String SAVED = "url=https%3A%2F%2Fcrm.example%2Fhook&type=license_created";

  private final ContestedStore store = new ContestedStore();
  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture(store::around);
  private final Person admin = place.admin();
  private final Endpoint endpoint = place.endpoint(CRM, "license_created");

  private String saved(String more) {
    String path = "/sites/default/endpoints/" + endpoint.id() + "/edit";
    return admin.post(path, SAVED + more + "&signature=qlm&signature=standard").body();
  }

  private void renamedBefore(String name) {
    AuditEntry entry =
        new AuditEntry(
            new AuditId(new UUID(Long.MAX_VALUE, 1)),
            place.clock.instant(),
            Actor.PROGRAM,
            AuditAction.ENDPOINT_CHANGED,
            SiteId.DEFAULT,
            endpoint.id().toString(),
            List.of(new FieldChange("description", "", name)));
    store.before(
        new ConfigChange.PutEndpoint(endpoint.with(settings -> settings.description(name))),
        new ConfigChange.Note(entry));
  }

  @Test
  void whatSomebodyElseHasJustChangedAlikeIsNotAChange() {
    renamedBefore("Shop");
    assertThat(saved("&description=Shop"))
        .contains("Nothing was changed", "Shop")
        .doesNotContain("Endpoint changed");
  }

  @Test
  void onlyOnesOwnChangesAreNamed() {
    renamedBefore("Shop");
    assertThat(saved("&description=Shop&uid=crm")).contains("<strong>Endpoint changed: Uid<");
  }

  @Test
  void endOfAPlannedDisablingDoesNotConflictWithTheForm() {
    var planned =
        endpoint.with(endpoint.status().disablingAt(place.clock.instant().plusSeconds(9)));
    store.before(new ConfigChange.PutEndpoint(planned));
    assertThat(saved("").replaceFirst("(?s).*<strong>", "")).startsWith("Nothing was changed");
    String moved = SAVED.replace("crm", "erp") + "&signature=qlm&signature=standard";
    String path = "/sites/default/endpoints/" + endpoint.id() + "/edit";
    assertThat(admin.post(path, moved).body()).contains("Endpoint changed: URL<");
  }
}
