package dev.hookferry.http.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.audit.Actor;
import dev.hookferry.delivery.DeliveryId;
import dev.hookferry.endpoint.EndpointId;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.refusal.InvalidException;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request as its handler sees it: routed, permitted, its body read. */
final class Call {
  private final RouteTable.Found found;
  private final Query query;
  private final Actor actor;
  private final HeaderMap headers;
  private final byte[] body;
  private final Executor thread;

  Call(Admission.Admitted admitted, HttpServerExchange exchange, byte[] body) {
    found = admitted.found();
    query = admitted.query();
    actor = admitted.actor();
    headers = exchange.getRequestHeaders();
    thread = exchange.getIoThread();
    this.body = body;
  }

  /** The thread of its connection, on which nothing may block. */
  Executor thread() {
    return thread;
  }

  /** The site in the path. */
  SiteId site() {
    return found.site();
  }

  /** The endpoint in the path. */
  EndpointId endpoint() {
    return id("endpoint", EndpointId::parse);
  }

  /** The delivery in the path. */
  DeliveryId delivery() {
    return id("delivery", DeliveryId::parse);
  }

  /** What the path names by its last id. */
  <T> T id(String kind, Function<String, T> parse) {
    return found.named("id", kind, parse);
  }

  /** Who calls. */
  Actor actor() {
    return actor;
  }

  Query query() {
    return query;
  }

  byte[] body() {
    return body;
  }

  /** The body as an object with these fields; as an empty one, if there is none. */
  Fields fields(String... known) {
    return Fields.of(JsonBody.object(body), known);
  }

  /** The same where null says no more than a field that is not there. */
  Fields givenFields(String... known) {
    ObjectNode object = JsonBody.object(body);
    object.properties().removeIf(field -> field.getValue().isNull());
    return Fields.of(object, known);
  }

  /** A header that may be there once. */
  @Nullable String header(String name) {
    HeaderValues values = headers.get(name);
    if (values != null && values.size() > 1) {
      throw InvalidException.of(name, "is there twice");
    }
    return values == null ? null : values.getFirst();
  }
}
