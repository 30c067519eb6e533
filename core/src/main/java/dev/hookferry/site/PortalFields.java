package dev.hookferry.site;

import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Nearest;
import dev.hookferry.refusal.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The fields of the setting {@code portal}. */
public final class PortalFields {
  private static final int MAX_ORIGINS = 20;
  private static final int MAX_URL_LENGTH = 2_000;
  private static final int MAX_NAME_LENGTH = 60;
  private static final String BY_TYPE = "payloadByType";
  private static final String WORDS = "words";
  private static final int MAX_WORD_LENGTH = 30;
  private static final int MAX_WORDS = 24;

  private static final Pattern ORIGIN =
      Pattern.compile("https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|http://(localhost|127\\.0\\.0\\.1))"
              + "(:[0-9]{1,5})?([/?][!-~&&[^#\"'<>\\\\]]*)?");
  private static final Pattern NAME_OF_WORD =
      Pattern.compile("((?:de|en|fr)\\.)?(webhook|endpoint|event)(s?)");
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N} '’-]*[\\p{L}\\p{M}\\p{N}])?");
  private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

  private static final FieldSpec<String> PAYLOAD =
      FieldSpec.of(
          "payload",
          FieldKind.choice(PortalSettings.PayloadView.class, PortalSettings.PayloadView::code),
          "How much of each event's data customers see.");

  /** Theme of the pages. */
  public static final FieldTable THEME =
      FieldTable.of(
          "PortalTheme",
          FieldSpec.of(
                  "accent",
                  FieldKind.text(),
                  "The colour of links and buttons, as #rrggbb; an empty string uses the default.")
              .example("#6122e7"),
          FieldSpec.of(
                  "productName",
                  FieldKind.text(MAX_NAME_LENGTH),
                  "Your product's name, shown in page titles.")
              .example("Acme"));

  /** Visibility of payloads of an event type. */
  public static final FieldTable PAYLOAD_RULE =
      FieldTable.of(
          "PortalPayloadRule",
          PAYLOAD,
          FieldSpec.of(
                  "payloadFields",
                  FieldKind.list(FieldKind.text(), 0, PayloadRule.MAX_PATHS),
                  "The paths that are shown if payload is fields.")
              .fallback("[]")
              .example(List.of("data.order")));

  /** All fields of the setting. */
  public static final FieldTable ALL =
      FieldTable.of(
              "Portal",
              FieldSpec.of(
                      "enabled",
                      FieldKind.flag(),
                      "Enables the portal. While it is off, all of its paths return 404.")
                  .fallback("false"),
              FieldSpec.of(
                      "origins",
                      FieldKind.list(FieldKind.text(), 0, MAX_ORIGINS),
                      "Origins whose pages may embed the portal in a frame, such as https://app.example.com.")
                  .fallback("[]")
                  .example(List.of("https://app.example.com")),
              FieldSpec.of(
                      "refreshUrl",
                      FieldKind.text(MAX_URL_LENGTH),
                      "Where a browser without a session is sent, with reason and page as query"
                          + " parameters; empty for nowhere.")
                  .fallback("")
                  .example("https://app.example.com/webhooks"),
              PAYLOAD.fallback("full"),
              FieldSpec.of(
                      "payloadFields",
                      FieldKind.list(FieldKind.text(), 0, PayloadRule.MAX_PATHS),
                      "The paths in payloads that are shown if payload is fields.")
                  .fallback("[]")
                  .example(List.of("data.order")),
              FieldSpec.of(
                      BY_TYPE,
                      FieldKind.map(
                          FieldKind.group(PAYLOAD_RULE, values -> values),
                          SiteSettingFields.MAX_TYPES),
                      "Event types with a rule of their own instead of payload. A change"
                          + " replaces all of them.")
                  .fallback("{}"),
              FieldSpec.of(
                      WORDS,
                      FieldKind.map(FieldKind.text(MAX_WORD_LENGTH), MAX_WORDS),
                      "Your product's words for webhook, webhooks, endpoint, endpoints, event and"
                          + " events, for every language or, as in de.endpoint, for one. A change"
                          + " replaces all of them.")
                  .fallback("{}")
                  .example(
                      new TreeMap<>(
                          Map.of("endpoint", "destination", "endpoints", "destinations"))),
              FieldSpec.of(
                  "theme", FieldKind.group(THEME, values -> values), "Appearance of the pages."))
          .named("Portal", "Absent or null fields keep their values.");

  private PortalFields() {}

  /**
   * Returns the settings after a change.
   *
   * @param input the changed values by name, or null for none
   * @throws InvalidException with every problem found; the field of each is its name within the
   *     setting
   */
  static PortalSettings change(PortalSettings before, @Nullable Object input) {
    Problems problems = new Problems();
    SettingsReader values = reader("", ALL, before.read(), input, problems);
    Map<String, Object> current = before.read();
    SettingsReader theme =
        reader(
            "theme.",
            THEME,
            current.get("theme"),
            input instanceof Map<?, ?> map ? map.get("theme") : null,
            problems);
    PortalSettings.PayloadView payload =
        values.word("payload", PortalSettings.PayloadView.class, "full, fields or none");
    PortalSettings changed =
        new PortalSettings(
            values.bool("enabled"),
            values.texts("origins"),
            values.text("refreshUrl", MAX_URL_LENGTH),
            payload == null ? before.payload() : payload,
            values.texts("payloadFields"),
            byType(values.map(BY_TYPE), problems),
            theme.text("accent", MAX_NAME_LENGTH),
            theme.text("productName", MAX_NAME_LENGTH),
            words(values.map(WORDS), problems),
            before.images());
    check(changed, problems);
    problems.throwIfAny();
    return changed;
  }

  private static Map<EventType, PayloadRule> byType(Map<String, ?> input, Problems problems) {
    Map<EventType, PayloadRule> rules = new LinkedHashMap<>();
    problems.require(
        input.size() <= SiteSettingFields.MAX_TYPES,
        BY_TYPE,
        "must have at most " + SiteSettingFields.MAX_TYPES + " entries");
    input.forEach(
        (name, value) -> {
          String field = BY_TYPE + "." + name;
          if (EventType.isName(name)) {
            rules.put(new EventType(name), PayloadRule.of(value, field, problems));
          } else {
            problems.add(field, "must be the name of an event type");
          }
        });
    return rules;
  }

  private static Map<String, String> words(Map<String, ?> input, Problems problems) {
    Map<String, String> words = new LinkedHashMap<>();
    input.forEach(
        (name, value) -> {
          String field = WORDS + "." + name;
          Matcher named = NAME_OF_WORD.matcher(name);
          if (!named.matches()) {
            problems.add(
                field,
                "must be one of webhook, webhooks, endpoint, endpoints, event and events, alone or"
                    + " after de., en. or fr.");
            return;
          }
          String word = value instanceof String text ? text : "";
          problems.require(
              word.length() <= MAX_WORD_LENGTH && WORD.matcher(word).matches(),
              field,
              "must be 1 to "
                  + MAX_WORD_LENGTH
                  + " letters and digits, with spaces, hyphens or apostrophes between them");
          String other = name.endsWith("s") ? name.substring(0, name.length() - 1) : name + "s";
          problems.require(
              input.containsKey(other), WORDS + "." + other, "must be given with " + name);
          words.put(name, word);
        });
    return words;
  }

  private static void check(PortalSettings changed, Problems problems) {
    all(
        changed.origins(),
        ORIGIN,
        "origins",
        "must be a scheme and a host in lower case, optionally with a port, such as"
            + " https://app.example.com",
        problems);
    new PayloadRule(changed.payload(), changed.payloadFields()).check("", problems);
    problems.require(
        changed.origins().size() <= MAX_ORIGINS,
        "origins",
        "must have at most " + MAX_ORIGINS + " entries");
    problems.require(
        changed.refreshUrl().isEmpty() || ADDRESS.matcher(changed.refreshUrl()).matches(),
        "refreshUrl",
        "must be an https:// URL (or http://localhost) without a user, a password and a fragment");
    problems.require(
        changed.accent().isEmpty() || COLOUR.matcher(changed.accent()).matches(),
        "theme.accent",
        "must be a colour such as #6122e7");
    problems.require(
        changed.productName().chars().noneMatch(Character::isISOControl),
        "theme.productName",
        "must not have control characters");
  }

  private static void all(
      List<String> values, Pattern form, String field, String rule, Problems problems) {
    for (int i = 0; i < values.size(); i++) {
      problems.require(form.matcher(values.get(i)).matches(), field + "[" + i + "]", rule);
    }
  }

  private static SettingsReader reader(
      String prefix,
      FieldTable table,
      @Nullable Object current,
      @Nullable Object input,
      Problems problems) {
    Map<String, Object> base = new LinkedHashMap<>(defaults(table));
    copy(current, base);
    Map<String, Object> changes = new LinkedHashMap<>();
    if (input != null && !(input instanceof Map)) {
      String name = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
      problems.add(name, "must be an object");
    }
    copy(input, changes);
    for (String name : changes.keySet()) {
      problems.require(
          table.names().contains(name),
          prefix + name,
          "is not a known field" + Nearest.hint(name, table.names()));
    }
    return new SettingsReader(base, changes, problems);
  }

  private static void copy(@Nullable Object from, Map<String, Object> to) {
    if (from instanceof Map<?, ?> map) {
      map.forEach(
          (name, value) -> {
            if (value != null) {
              to.put(String.valueOf(name), value);
            }
          });
    }
  }

  private static Map<String, Object> defaults(FieldTable table) {
    return table.names().contains("accent")
        ? Map.of("accent", "", "productName", "")
        : Map.of(
            "enabled",
            false,
            "origins",
            List.of(),
            "refreshUrl",
            "",
            "payload",
            PortalSettings.PayloadView.FULL.code(),
            "payloadFields",
            List.of(),
            BY_TYPE,
            Map.of(),
            WORDS,
            Map.of());
  }
}
