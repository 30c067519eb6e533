package dev.hookferry.http.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.Settings;
import dev.hookferry.Webhooks;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonBody;
import dev.hookferry.refusal.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A site's settings, by their own names and as QLM's server properties. */
final class SettingRoutes {
  private final Webhooks webhooks;

  SettingRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply get(Call call) {
    return HttpReply.ok(json -> write(json, webhooks.settings().read(call.site())));
  }

  HttpReply change(Call call) {
    Map<String, Object> after = acting(call).change(call.site(), values(call));
    return HttpReply.ok(json -> write(json, after));
  }

  HttpReply properties(Call call) {
    return HttpReply.ok(json -> write(json, webhooks.settings().serverProperties(call.site())));
  }

  HttpReply changeProperties(Call call) {
    Map<String, Object> after = acting(call).changeServerProperties(call.site(), values(call));
    return HttpReply.ok(json -> write(json, after));
  }

  private Settings acting(Call call) {
    return webhooks.by(call.actor()).settings();
  }

  /** The values as the facade takes them; it knows the names, and judges the rest. */
  private static Map<String, Object> values(Call call) {
    Problems problems = new Problems();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : JsonBody.object(call.body()).properties()) {
      values.put(field.getKey(), value(field.getKey(), field.getValue(), problems));
    }
    problems.throwIfAny();
    return values;
  }

  /** What is of no kind that a setting has goes on as a node, and is refused by its name. */
  private static Object value(String name, JsonNode node, Problems problems) {
    if (node.isTextual()) {
      problems.require(
          CallerText.canBeKept(node.textValue()), CallerText.text(name), CallerText.KEPT);
      return node.textValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isIntegralNumber() && node.canConvertToLong()) {
      return node.longValue();
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(name, element, problems)));
      return list;
    }
    return node;
  }

  private static void write(JsonGenerator json, Map<String, Object> values) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> entry : values.entrySet()) {
      json.writeFieldName(entry.getKey());
      write(json, entry.getValue());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    if (value instanceof Boolean bool) {
      json.writeBoolean(bool);
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writeString(String.valueOf(value));
    }
  }
}
