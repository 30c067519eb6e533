package dev.hookferry.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.Settings;
import dev.hookferry.Webhooks;
import dev.hookferry.http.resource.ServerPropertiesJson;
import dev.hookferry.http.route.Call;
import dev.hookferry.http.wire.CallerText;
import dev.hookferry.http.wire.HttpReply;
import dev.hookferry.http.wire.JsonBody;
import dev.hookferry.http.wire.JsonOutput;
import dev.hookferry.refusal.Problems;
import dev.hookferry.site.ServerPropertiesPlan;
import dev.hookferry.site.SettingsByName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Calls about a site's settings, under their own names and as QLM's server properties. */
final class SettingRoutes {
  private final Webhooks webhooks;

  SettingRoutes(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  HttpReply get(Call call) {
    return HttpReply.ok(JsonOutput.values(webhooks.settings().byName(call.site())));
  }

  HttpReply change(Call call) {
    Map<String, Object> after = acting(call).changeByName(call.site(), values(call));
    return HttpReply.ok(JsonOutput.values(after));
  }

  HttpReply properties(Call call) {
    return HttpReply.ok(JsonOutput.values(webhooks.settings().serverProperties(call.site())));
  }

  HttpReply changeProperties(Call call) {
    Map<String, Object> after = acting(call).changeServerProperties(call.site(), values(call));
    return HttpReply.ok(JsonOutput.values(after));
  }

  /** Previews the effect of a change on endpoints, without changing anything. */
  HttpReply previewProperties(Call call) {
    ServerPropertiesPlan plan = webhooks.settings().planServerProperties(call.site(), values(call));
    return HttpReply.ok(JsonOutput.one(ServerPropertiesJson.PREVIEW, plan));
  }

  private Settings acting(Call call) {
    return webhooks.actingAs(call.actor()).settings();
  }

  /** Returns the values for the facade, which checks names and bounds. Null counts as absent. */
  private static Map<String, Object> values(Call call) {
    Problems problems = new Problems();
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : JsonBody.object(call.body()).properties()) {
      if (!field.getValue().isNull() || !SettingsByName.ALL.contains(field.getKey())) {
        values.put(field.getKey(), value(field.getKey(), field.getValue(), problems));
      }
    }
    problems.throwIfAny();
    return values;
  }

  /**
   * Returns a setting's value. Values of unsupported types remain JSON nodes, which the facade
   * rejects with the setting's name.
   */
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
    if (node.isObject()) {
      Map<String, Object> map = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String inner = name + "." + field.getKey();
        if (!field.getValue().isNull()) {
          map.put(CallerText.text(field.getKey()), value(inner, field.getValue(), problems));
        }
      }
      return map;
    }
    if (node.isArray()) {
      List<Object> list = new ArrayList<>();
      node.forEach(element -> list.add(value(name, element, problems)));
      return list;
    }
    return node;
  }
}
