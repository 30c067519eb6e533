package dev.hookferry.store.config;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventType;
import dev.hookferry.json.JsonMembers;
import dev.hookferry.json.JsonWriter;
import dev.hookferry.site.PayloadRule;
import dev.hookferry.site.PortalImage;
import dev.hookferry.site.PortalImage.Format;
import dev.hookferry.site.PortalImage.Use;
import dev.hookferry.site.PortalSettings;
import dev.hookferry.site.PortalSettings.PayloadView;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** Portal settings, as part of the stored form of a site. */
final class PortalText {
  private PortalText() {}

  static void write(JsonWriter json, PortalSettings portal) {
    json.flag("enabled", portal.enabled())
        .texts("origins", portal.origins())
        .text("refreshUrl", portal.refreshUrl())
        .text("payload", portal.payload().code())
        .texts("payloadFields", portal.payloadFields())
        .object(
            "payloadByType",
            portal.payloadByType().isEmpty() ? null : portal.payloadByType(),
            PortalText::byType)
        .text("accent", portal.accent())
        .text("productName", portal.productName())
        .textsByName("words", new TreeMap<>(portal.words()))
        .object("images", portal.images().isEmpty() ? null : portal.images(), PortalText::images);
  }

  static PortalSettings read(JsonMembers members) {
    return new PortalSettings(
        members.flag("enabled"),
        members.texts("origins", Function.identity()),
        members.text("refreshUrl"),
        members.text("payload", PortalText::view),
        members.texts("payloadFields", Function.identity()),
        Objects.requireNonNullElse(
            members.objectOrNull("payloadByType", PortalText::byType), Map.of()),
        members.text("accent"),
        members.text("productName"),
        members.textsByName("words"),
        Objects.requireNonNullElse(members.objectOrNull("images", PortalText::images), Map.of()));
  }

  private static PayloadView view(String word) {
    return PayloadView.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private static void byType(JsonWriter json, Map<EventType, PayloadRule> rules) {
    rules.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(EventType::name)))
        .forEach(entry -> json.object(entry.getKey().name(), entry.getValue(), PortalText::rule));
  }

  private static void rule(JsonWriter json, PayloadRule rule) {
    json.text("view", rule.view().code()).texts("paths", rule.paths());
  }

  private static Map<EventType, PayloadRule> byType(JsonMembers members) {
    Map<EventType, PayloadRule> rules = new LinkedHashMap<>();
    members
        .names()
        .forEach(name -> rules.put(new EventType(name), members.object(name, PortalText::rule)));
    return rules;
  }

  private static PayloadRule rule(JsonMembers members) {
    return new PayloadRule(
        members.text("view", PortalText::view), members.texts("paths", Function.identity()));
  }

  private static void images(JsonWriter json, Map<Use, PortalImage> images) {
    new TreeMap<>(images)
        .forEach((use, image) -> json.object(use.code(), image, PortalText::image));
  }

  private static void image(JsonWriter json, PortalImage image) {
    json.text("format", image.format().extension())
        .number("width", image.width())
        .number("height", image.height())
        .text("content", Base64.getEncoder().encodeToString(image.content().unsafeBytes()));
  }

  private static Map<Use, PortalImage> images(JsonMembers members) {
    Map<Use, PortalImage> images = new LinkedHashMap<>();
    for (String name : members.names()) {
      Use use = Use.fromCode(name).orElseThrow(() -> new IllegalArgumentException(name));
      images.put(use, members.object(name, PortalText::image));
    }
    return images;
  }

  private static PortalImage image(JsonMembers members) {
    return new PortalImage(
        members.text("format", name -> Format.valueOf(name.toUpperCase(Locale.ROOT))),
        Payload.wrap(members.text("content", Base64.getDecoder()::decode)),
        (int) members.number("width"),
        (int) members.number("height"));
  }
}
