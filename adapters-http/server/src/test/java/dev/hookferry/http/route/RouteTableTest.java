package dev.hookferry.http.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {
  private final RouteTable table =
      new RouteTable(
          List.of(
              route("/"),
              route("/things"),
              route("/things/{site}/parts/{id}"),
              route("/things/{site}/parts/all"),
              ApiRoute.events("/things/{site}/parts/batch", call -> null),
              route("/things/{site}/parts/{id}/log"),
              ApiRoute.delete("/things/{site}", dev.hookferry.access.Scope.ADMIN, call -> null)));

  @Test
  void aNameInThePathIsHandedOverAndAWordComesFirst() {
    assertThat(table.find("GET", "/things/a/parts/b").path())
        .isEqualTo(Map.of("site", "a", "id", "b"));
    assertThat(table.find("GET", "/things/a/parts/all").route().template())
        .isEqualTo("/things/{site}/parts/all");
    assertThat(table.find("GET", "/").route().template()).isEqualTo("/");
  }

  /** An event may be called like a call. */
  @Test
  void aWordWithoutTheMethodIsReadAsAName() {
    RouteTable.RouteMatch found = table.find("GET", "/things/a/parts/batch");
    assertThat(found.route().template()).isEqualTo("/things/{site}/parts/{id}");
    assertThat(found.path()).isEqualTo(Map.of("site", "a", "id", "batch"));
    assertThat(table.find("GET", "/things/a/parts/batch/log").route().template())
        .isEqualTo("/things/{site}/parts/{id}/log");
    assertThat(table.find("POST", "/things/a/parts/batch").path()).isEqualTo(Map.of("site", "a"));
    assertThat(answer("PUT", "/things/a/parts/batch").headers())
        .containsEntry("Allow", "GET, HEAD, OPTIONS, POST");
  }

  @Test
  void headIsAnsweredLikeGet() {
    assertThat(table.find("HEAD", "/things").route().method()).isEqualTo("GET");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/things/",
        "//things",
        "/Things",
        "/things;x=y",
        "/thing%73",
        "/things/a/parts/b/",
        "/things//parts/b",
        "/things/a/parts",
        "/things/a/../a/parts/b",
        "/things/a%2fparts/b",
        "",
      })
  void inexactPathsAreNotFound(String path) {
    assertThat(answer("GET", path).status()).isEqualTo(404);
  }

  @Test
  void refusedMethodsLearnWhichAreAllowed() {
    assertThat(answer("PUT", "/things").status()).isEqualTo(405);
    assertThat(answer("PUT", "/things").headers()).containsEntry("Allow", "GET, HEAD, OPTIONS");
    assertThat(answer("GET", "/things/a").headers()).containsEntry("Allow", "DELETE, OPTIONS");
    assertThat(answer("OPTIONS", "/things").status()).isEqualTo(204);
    assertThat(answer("OPTIONS", "/things").headers()).containsEntry("Allow", "GET, HEAD, OPTIONS");
  }

  /** "Aa" and "BB" have the same hash, so each displaces the other. */
  @Test
  void aRepeatedRequestFindsItsOwnRoute() {
    String longPath = "/things/" + "a".repeat(300) + "/parts/b";
    for (int i = 0; i < 3; i++) {
      assertThat(table.find("GET", "/things/a/parts/Aa").path()).containsEntry("id", "Aa");
      assertThat(table.find("GET", "/things/a/parts/BB").path()).containsEntry("id", "BB");
      assertThat(table.find("POST", "/things/a/parts/batch").path()).doesNotContainKey("id");
      assertThat(table.find("GET", "/things/a/parts/batch").path()).containsEntry("id", "batch");
      assertThat(answer("PUT", "/things/a/parts/Aa").status()).isEqualTo(405);
      assertThat(table.find("GET", longPath).path()).containsEntry("id", "b");
      assertThat(table.find("GET", "/things/a/parts/Aa").site().value()).isEqualTo("a");
      RouteTable.RouteMatch malformed = table.find("GET", "/things/A!/parts/b");
      assertThatThrownBy(malformed::site).isInstanceOf(NotFoundException.class);
    }
  }

  @Test
  void twoRoutesForTheSameAreAMistakeOfOurs() {
    List<ApiRoute> twice = List.of(route("/a/{id}"), route("/a/{site}"));
    assertThatThrownBy(() -> new RouteTable(twice)).isInstanceOf(IllegalStateException.class);
  }

  private HttpReply answer(String method, String path) {
    return catchThrowableOfType(EarlyReply.class, () -> table.find(method, path)).reply();
  }

  private static ApiRoute route(String template) {
    return ApiRoute.get(template, null, call -> null);
  }
}
